"""One signed POST to one subscription: where it may go is asked again at every send, and so is its address."""

import asyncio
import errno
import logging
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

import aiohttp

from services.scheduler.deliveries.carrying import Answer, PinnedConnector, post, trusted
from services.scheduler.deliveries.claims import Claimed, Result
from services.scheduler.deliveries.models import Outcome
from services.scheduler.deliveries.names import LookUp, Names
from services.scheduler.deliveries.reachable import is_global
from services.scheduler.deliveries.retry import retry_after
from services.scheduler.subscriptions.addresses import Addresses, Destination
from services.scheduler.subscriptions.keys import sign
from shared.clock import Clock
from shared.loops import log_fault

log = logging.getLogger("duecare.scheduler")
WITHIN = 20.0  # seconds, for the whole exchange
CONNECT_WITHIN = 5.0  # seconds, for each address of a host
KEEP_OPEN = 15.0  # seconds that a connection waits for the next webhook
THIS_MACHINE = "127.0.0.1"
USED_UP = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, socket.EAI_MEMORY}
"""What this machine has no more of, whoever the receiver is."""
UNREACHED = (aiohttp.ClientError, OSError, EOFError, TimeoutError, ValueError)
"""What an address brings about, or the network on the way to it."""
Attempted = tuple[Outcome, int | None, datetime | None, str | None]
"""The outcome, the receiver's status, when it wishes to be asked again, and how its answer began."""


def make_client(trust: ssl.SSLContext | None = None) -> aiohttp.ClientSession:
    """A client that takes nothing from its surroundings and goes only where it is sent. Made in a loop, and closed."""
    connector = PinnedConnector(
        ssl=trust or trusted(), limit=0, keepalive_timeout=KEEP_OPEN, happy_eyeballs_delay=None
    )
    # One receiver's cookies would go to every subscription on the same host.
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_WITHIN),
    )


class Barred(Exception):
    """An address to which no webhook may go."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends claimed deliveries, outside any transaction. `may_reach` judges an address of the network."""

    client: aiohttp.ClientSession
    addresses: Addresses
    clock: Clock
    look_up: LookUp = field(default_factory=lambda: Names().look_up)
    may_reach: Callable[[str], bool] = is_global
    within: float = WITHIN

    async def send(self, claim: Claimed) -> Result:
        """One attempt. Whatever the receiver does comes back as a Result; nothing is raised for it."""
        at, started = self.clock.now(), time.monotonic()
        outcome, status, wait, begun = await self._attempt(claim, at)
        milliseconds = round((time.monotonic() - started) * 1000)
        return Result(claim, outcome, at, milliseconds, status, wait, begun)

    async def _attempt(self, claim: Claimed, at: datetime) -> Attempted:
        try:
            headers = signed_headers(claim, at)
        except Exception as error:  # what is in the way is of ours alone
            return _our_fault(error)
        try:
            async with asyncio.timeout(self._within(claim, at)):
                answer = await self._post(claim, headers)
            wait = retry_after(answer.retry_after, at)
            return outcome_of(answer.status), answer.status, wait, answer.first_bytes
        except Barred:
            return Outcome.BARRED, None, None, None
        except Exception as error:
            if not isinstance(error, UNREACHED) or _is_of_this_machine(error):
                return _our_fault(error)
            log.info("a delivery could not be sent (%s)", type(error).__name__)
            return Outcome.UNREACHABLE, None, None, None

    def _within(self, claim: Claimed, at: datetime) -> float:
        """Seconds for one attempt, which must not outlast its claim: another scheduler would send beside this one."""
        return min(self.within, max((claim.until - at).total_seconds(), 0.0))

    async def _post(self, claim: Claimed, headers: dict[str, str]) -> Answer:
        there = self.addresses.destination(claim.url)
        if there is None:
            raise Barred
        reached = await self._addresses(there)
        return await post(self.client, there, reached, claim.body.encode(), headers)

    async def _addresses(self, there: Destination) -> list[str]:
        if self.addresses.is_this_machine(there):
            return [THIS_MACHINE]
        found = await self.look_up(there.host)
        if not all(self.may_reach(each) for each in found):
            raise Barred  # also where only one of them is: whoever owns the name chose that one
        return found


def _is_of_this_machine(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in USED_UP


def _our_fault(error: Exception) -> Attempted:
    """To be heard of; all other deliveries need not stop for it, and it says nothing of the receiver."""
    log_fault(log, "a delivery failed by our fault (%s)", error)
    return Outcome.FAULT, None, None, None


def outcome_of(status: int) -> Outcome:
    """A 2xx is success and nothing else is: not even a redirect."""
    if 200 <= status < 300:
        return Outcome.DELIVERED
    return Outcome.GONE if status == HTTPStatus.GONE else Outcome.REFUSED


def signed_headers(claim: Claimed, at: datetime) -> dict[str, str]:
    """The Standard Webhooks headers; the id is the event's own, the same at every attempt. While a secret is being
    changed, the new one signs and the old one beside it."""
    event = str(claim.event_id)
    secrets = [claim.secret]
    if claim.previous_secret and claim.previous_until and at < claim.previous_until:
        secrets.append(claim.previous_secret)
    return {
        "content-type": "application/cloudevents+json",
        "user-agent": "Duecare",
        "accept-encoding": "identity",
        "webhook-id": event,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(sign(each, event, at, claim.body) for each in secrets),
    }
