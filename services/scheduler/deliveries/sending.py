"""One signed POST: no redirects, no proxy, bounded in time and in what is read of the answer."""

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from standardwebhooks import Webhook

from services.scheduler.deliveries.claims import Claimed, Result
from services.scheduler.deliveries.models import Outcome
from services.scheduler.deliveries.retry import retry_after
from services.scheduler.subscriptions.addresses import Addresses
from shared.clock import Clock

log = logging.getLogger("duecare.scheduler")
WITHIN = 20.0  # seconds, for the whole exchange
READ_AT_MOST = 65_536  # bytes of the answer


def make_client() -> httpx.AsyncClient:
    """A client that takes nothing from its surroundings and goes only where it is sent."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=64, keepalive_expiry=15)
    # One receiver's cookies would go to every subscription on the same host.
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(
        trust_env=False, follow_redirects=False, timeout=WITHIN, limits=limits, cookies=no_cookies
    )


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends claimed deliveries, outside any transaction."""

    client: httpx.AsyncClient
    addresses: Addresses
    clock: Clock

    async def send(self, claim: Claimed) -> Result:
        """One attempt. Whatever the receiver does comes back as a Result; nothing is raised for it."""
        at, started = self.clock.now(), time.monotonic()
        outcome, status, wait = await self._attempt(claim, at)
        milliseconds = round((time.monotonic() - started) * 1000)
        return Result(claim, outcome, at, milliseconds, status, wait)

    async def _attempt(self, claim: Claimed, at: datetime) -> tuple[Outcome, int | None, datetime | None]:
        if not self.addresses.allow(claim.url):
            return Outcome.BARRED, None, None
        try:
            async with asyncio.timeout(WITHIN):
                return await self._post(claim, at)
        except (
            Exception
        ) as error:  # whatever a receiver or its address brings about, others are still sent to
            log.info("a delivery could not be sent (%s)", type(error).__name__)
            return Outcome.UNREACHABLE, None, None

    async def _post(self, claim: Claimed, at: datetime) -> tuple[Outcome, int | None, datetime | None]:
        headers = signed_headers(claim, at)
        async with self.client.stream("POST", claim.url, content=claim.body, headers=headers) as answer:
            await _read_some(answer)
            wait = retry_after(answer.headers.get("retry-after"), at)
            return outcome_of(answer.status_code), answer.status_code, wait


def outcome_of(status: int) -> Outcome:
    """A 2xx is success and nothing else is: not even a redirect."""
    if 200 <= status < 300:
        return Outcome.DELIVERED
    return Outcome.GONE if status == httpx.codes.GONE else Outcome.REFUSED


def signed_headers(claim: Claimed, at: datetime) -> dict[str, str]:
    """The Standard Webhooks headers; the id is the event's own, the same at every attempt."""
    event = str(claim.event_id)
    return {
        "content-type": "application/cloudevents+json",
        "user-agent": "Duecare",
        "accept-encoding": "identity",
        "webhook-id": event,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(claim.secret).sign(event, at, claim.body),
    }


async def _read_some(answer: httpx.Response) -> None:
    # Read to the end of a short answer, so that its connection can be used again; leave a long one.
    size = 0
    async for chunk in answer.aiter_raw():
        size += len(chunk)
        if size > READ_AT_MOST:
            return
