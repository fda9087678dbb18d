"""How NATS is reached, and that its stream is there."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from services.scheduler.mirror.credentials import Credentials
from services.scheduler.mirror.stream import Kept, Stream
from services.scheduler.mirror.subjects import EVERYTHING
from shared.settings import Settings

log = logging.getLogger("duecare.mirror")
CONNECT_WITHIN = 5  # seconds
CLOSE_WITHIN = 1.0
DAY = 86_400.0
REMEMBERED = 120.0  # seconds in which NATS drops an id that comes twice


class Unfit(Exception):
    """The stream is there, and cannot be the mirror: it does not take `duecare.>`, or does not keep what was read."""


@dataclass(frozen=True, slots=True)
class Broker:
    """One or more addresses of a NATS server; they may hold a password, and are never shown."""

    addresses: tuple[str, ...] = field(repr=False)
    stream: str
    keep_days: int = 0
    credentials: Credentials | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Broker | None":
        """What NATS_URL names; None where it names nothing."""
        url = settings.nats_url.get_secret_value()
        addresses = tuple(each.strip() for each in url.split(",") if each.strip())
        path = settings.nats_credentials
        credentials = Credentials(path) if path else None
        return (
            cls(addresses, settings.nats_stream, settings.nats_keep_days, credentials) if addresses else None
        )

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Stream]:
        """The stream over a connection of its own. A broken one is not mended: what the stream then holds must be
        looked at first."""
        client, closed = Client(), asyncio.Event()

        async def note() -> None:
            closed.set()

        try:
            async with asyncio.timeout(2 * CONNECT_WITHIN):
                await client.connect(
                    list(self.addresses),
                    name="duecare",
                    allow_reconnect=False,
                    max_reconnect_attempts=1,
                    reconnect_time_wait=0,
                    connect_timeout=CONNECT_WITHIN,
                    error_cb=_say,
                    closed_cb=note,
                    **self._signing(),
                )
                kept = await self._ensure(client.jetstream())
            yield Stream(client, client.jetstream(), self.stream, kept, closed)
        finally:
            await _close(client)

    async def _ensure(self, js: JetStreamContext) -> Kept:
        """Make the stream unless it is there. Raises Unfit for one that keeps other things, or by other rules."""
        try:
            info = await js.stream_info(self.stream)
        except NotFoundError:
            info = await js.add_stream(self._wanted())
        config = info.config
        if EVERYTHING not in (config.subjects or []) or config.retention != RetentionPolicy.LIMITS:
            raise Unfit
        limits = (config.max_age, config.max_bytes, config.max_msgs, config.max_msgs_per_subject)
        limited = any(limit is not None and limit > 0 for limit in limits)
        return Kept(str(info.created), limited, config.max_age or None)

    def _wanted(self) -> StreamConfig:
        return StreamConfig(
            name=self.stream,
            description="The events of Duecare. Its feed is the record: what is lost here comes again.",
            subjects=[EVERYTHING],
            retention=RetentionPolicy.LIMITS,
            storage=StorageType.FILE,
            discard=DiscardPolicy.OLD,
            max_age=self.keep_days * DAY,
            duplicate_window=REMEMBERED,
        )

    def _signing(self) -> dict[str, Any]:
        if self.credentials is None:
            return {}
        return {"user_jwt_cb": self.credentials.user, "signature_cb": self.credentials.sign}


async def _close(client: Client) -> None:
    try:
        async with asyncio.timeout(CLOSE_WITHIN):
            await client.close()
    except Exception as error:
        log.info("the connection to NATS did not close (%s)", type(error).__name__)


async def _say(error: Exception) -> None:
    # Its message may hold the address, and that a password.
    log.info("NATS: %s", type(error).__name__)
