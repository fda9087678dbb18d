"""One webhook to somebody else's system, without a database."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.scheduler.deliveries.claims import Claimed, Result
from services.scheduler.deliveries.sending import Sender, make_client
from services.scheduler.subscriptions.addresses import Addresses, Destination
from services.scheduler.subscriptions.keys import Scheme, new_key
from shared.clock import FixedClock
from shared.db.base import new_id

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = Addresses(frozenset(), loopback=True)


@dataclass(frozen=True, slots=True)
class AtPort(Addresses):
    """The hosts of an installation whose HTTPS is at another port."""

    port: int = 443

    def destination(self, url: str) -> Destination | None:
        there = Addresses.destination(self, url)
        return there and replace(there, port=self.port)


class Resolver:
    """Answers with each of these in turn, then with the last for good."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), []

    async def look_up(self, host: str) -> list[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def claim_of(url: str, seconds: float = 30, **more: Any) -> Claimed:
    secret = new_key(Scheme.HMAC).secret
    return Claimed(
        event_id=new_id(),
        attempts=0,
        url=url,
        secret=secret,
        body='{"a":1}',
        version=1,
        until=NOON + timedelta(seconds=seconds),
        **more,
    )


async def send_to(
    *urls: str, trust: Any = None, addresses: Addresses = HERE, claimed_for: float = 30, **how: Any
) -> list[Result]:
    """What comes of one webhook to each of these, one after another."""
    async with make_client(trust) as client:
        sender = Sender(client, addresses, FixedClock(NOON), **how)
        return [await sender.send(claim_of(url, claimed_for)) for url in urls]


def only(*addresses: str) -> Callable[[str], bool]:
    """The judge of a world in which these are the internet's."""
    return lambda address: address in addresses
