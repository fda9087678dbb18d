"""The feed as server-sent events: read in batches, each in a short transaction, none held while streaming."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import anyio
import jwt
from sqlalchemy.ext.asyncio import AsyncEngine
from sse_starlette import EventSourceResponse, ServerSentEvent

from services.scheduler.feed.heads import Heads
from services.scheduler.feed.queries import Batch, read_on
from shared.auth.principal import Principal
from shared.clock import Clock
from shared.loops import waited_out

BATCH = 200
LOOK_UP = 0.5  # seconds; how soon a stream that waits notices that it must end
RETRY = 2000  # milliseconds after which a reader may come back
PING = 15  # seconds
SEND_WITHIN = 20.0  # seconds that a reader may take to accept a chunk
LAST_INSTANT = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
FAREWELL = 3.0  # seconds in which streams end by themselves once the service stops


@dataclass(frozen=True, slots=True)
class Stream:
    """One reader's stream, from a position on, until its token expires or the service stops."""

    engine: AsyncEngine
    clock: Clock
    heads: Heads
    who: Principal
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

    async def events(self, after: int) -> AsyncIterator[ServerSentEvent]:
        """Each event once, in order; `id` is its position."""
        yield ServerSentEvent(comment="the feed follows", retry=RETRY)
        while self.goes_on():
            batch = await self.read(after)
            for event in batch.events:
                yield ServerSentEvent(event.envelope, id=str(event.position), event=event.type)
            after = batch.until
            if len(batch.events) < BATCH:
                await self.more(after)

    async def read(self, after: int) -> Batch:
        """The next batch. Few streams read at once, so that the sweep always finds a connection."""

        async def turn() -> Batch:
            async with self.heads.readers:
                return await read_on(self.engine, self.who, after, BATCH)

        return await waited_out("stream", turn)

    async def more(self, after: int) -> None:
        """Wait until the feed has more, or the stream must end; without asking the database."""
        while self.goes_on() and not await self.heads.beyond(self.who.authority, after, LOOK_UP):
            pass

    def goes_on(self) -> bool:
        """Whether the reader may still read and the service still serves."""
        return not self.stopping.is_set() and self.clock.now() < self.expires_at


def expiry(authorization: str) -> datetime:
    """When a bearer token that was already checked expires (UTC)."""
    token = authorization.partition(" ")[2].strip()
    claims = jwt.decode(token, options={"verify_signature": False})
    return datetime.fromtimestamp(min(claims["exp"], LAST_INSTANT), UTC)
