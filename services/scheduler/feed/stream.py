"""The feed as server-sent events: read in batches, each in a short transaction, none open while streaming."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import anyio
import jwt
from sqlalchemy.ext.asyncio import AsyncEngine
from sse_starlette import EventSourceResponse, ServerSentEvent

from services.scheduler.feed.filters import Filter
from services.scheduler.feed.readings import Chunk, Readings
from shared.auth.principal import Principal
from shared.clock import Clock
from shared.loops import waited_out

LOOK_UP = 0.5  # seconds; how soon a stream that waits notices that it must end
RETRY = 2000  # milliseconds after which a reader may come back
PING = 15  # seconds
SEND_WITHIN = 20.0  # seconds that a reader may take to accept a chunk
LAST_INSTANT = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
FAREWELL = 3.0  # seconds in which streams end by themselves once the service stops


@dataclass(frozen=True, slots=True)
class Stream:
    """One reader's stream, from a position on, until its token expires, the service stops, or the feed is put back to a
    backup."""

    engine: AsyncEngine
    clock: Clock
    readings: Readings
    who: Principal
    wanted: Filter
    expires_at: datetime
    stopping: anyio.Event

    def response(self, after: int) -> EventSourceResponse:
        """The response that streams."""
        return EventSourceResponse(
            self.events(after),
            ping=PING,
            ping_message_factory=lambda: ServerSentEvent(comment="still here"),
            send_timeout=SEND_WITHIN,
            shutdown_event=self.stopping,
            shutdown_grace_period=FAREWELL,
        )

    async def events(self, after: int) -> AsyncIterator[ServerSentEvent | bytes]:
        """Each event once, in order, many in one piece; `id` is its position."""
        since = self.readings.heads.put_back(self.who.authority)
        yield ServerSentEvent(comment="the feed follows", retry=RETRY)
        while self.goes_on(since):
            chunk = await self.read(after)
            if chunk.sent and self.goes_on(since):  # the database may have been away for long
                yield chunk.sent
            if chunk.until == after:
                await self.more(after, since)
            after = chunk.until

    async def read(self, after: int) -> Chunk:
        """The next events, as soon as the database can say."""
        return await waited_out(
            "stream", lambda: self.readings.after(self.engine, self.who, self.wanted, after)
        )

    async def more(self, after: int, since: int) -> None:
        """Wait until the feed has more, or the stream must end; without asking the database."""
        heads = self.readings.heads
        while self.goes_on(since) and not await heads.beyond(self.who.authority, after, LOOK_UP):
            pass

    def goes_on(self, since: int) -> bool:
        """Whether the reader may still read, the service still serves, and the feed is the one that it was: whoever
        comes back to one that was put back is told whether it has come so far."""
        same = self.readings.heads.put_back(self.who.authority) == since
        return same and not self.stopping.is_set() and self.clock.now() < self.expires_at


def expiry(authorization: str) -> datetime:
    """When a bearer token that was already checked expires (UTC)."""
    token = authorization.partition(" ")[2].strip()
    claims = jwt.decode(token, options={"verify_signature": False})
    return datetime.fromtimestamp(min(claims["exp"], LAST_INSTANT), UTC)
