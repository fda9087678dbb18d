"""Follows the feed into NATS for as long as the scheduler lives. Nothing else ever waits for NATS."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from math import inf
from uuid import UUID, uuid4

from nats.errors import Error as NatsError
from nats.js.errors import APIError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.mirror.broker import Broker, Unfit
from services.scheduler.mirror.checking import Check, NotTaken, TurnLost
from services.scheduler.mirror.cursor import Bookmark, Cursor, DatabaseAway, from_database
from services.scheduler.mirror.figures import AWAY, BEHIND, FAULTS, MIRRORED
from services.scheduler.mirror.stream import Stream
from shared.db.authorities import authorities
from shared.http.door import Door
from shared.loops import FIRST_PAUSE, LONGEST_PAUSE, for_all, happened, log_fault, loops_beside

log = logging.getLogger("duecare.mirror")
LOOK = 0.25  # seconds, where nothing is new
CHECK_EVERY = 300.0  # seconds; and after each new connection
BATCH = 500
REST = (
    30.0  # seconds that a council is left alone of which NATS takes nothing: longer than it takes to find out
)
AWAY_AFTER = 2  # councils of which NATS takes nothing in one round: the others are not tried in vain
OF_NATS = (NatsError, OSError, TimeoutError, Unfit, NotTaken)


@dataclass(slots=True)
class Mirror:
    """One scheduler's part in mirroring; any number may run at once, and take turns."""

    engine: AsyncEngine
    broker: Broker
    councils: Callable[[], Awaitable[list[str]]]
    check_every: float = CHECK_EVERY
    batch: int = BATCH
    me: UUID = field(default_factory=uuid4)
    checked: dict[str, float] = field(default_factory=dict)
    behind: dict[str, int] = field(default_factory=dict)
    resting: dict[str, float] = field(default_factory=dict)
    """Until when each council is left alone of which NATS took nothing, in seconds of a clock that never goes back."""

    async def run(self) -> None:
        """Mirror for ever; where NATS or the database is away, or anything is wrong, with growing pauses."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with self.broker.connected() as stream:
                    self.checked.clear()
                    while await self.round(stream):
                        pause = FIRST_PAUSE
                AWAY.inc()
            except Exception as error:
                _tell(error, pause)
            await self._look()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def round(self, stream: Stream) -> bool:
        """Pass on a batch of each council's events; whether the connection is still there. Sleeps if all was told.
        Raises what the database or NATS raises; a council of which NATS takes nothing rests while the others go on."""
        told, refused = 0, list[tuple[str, Exception]]()

        async def turn(authority: str) -> None:
            nonlocal told
            if len(refused) == AWAY_AFTER or time.monotonic() < self.resting.get(authority, -inf):
                return
            try:
                with suppress(TurnLost):
                    told += await self._turn(stream, Cursor(self.engine, authority, stream.name, self.me))
            except OF_NATS as error:
                if isinstance(error, DatabaseAway):
                    raise
                # Kept apart: NATS fails with the same errors as a database.
                refused.append((authority, error))

        if stream.doubtful:
            self.checked.clear()
            stream.doubtful = False
        await for_all("mirror", await self._served(), turn)
        if refused:
            self._go_on_without(refused, told, stream)
        if not told:
            await happened(stream.closed, LOOK)
        return not stream.closed.is_set()

    def _go_on_without(self, refused: list[tuple[str, Exception]], told: int, stream: Stream) -> None:
        """Let these rest, where it is not all of NATS that is away: then raises the first of their errors."""
        for authority, error in refused:
            if not told or stream.closed.is_set():
                raise error
            self.resting[authority] = time.monotonic() + REST
            self.checked.pop(authority, None)
            AWAY.inc()
            log.warning("the mirror goes on without a council for %.0f s (%s)", REST, _named(error))

    async def _turn(self, stream: Stream, cursor: Cursor) -> int:
        """One council's batch; how many events there were. Nothing where it is another scheduler's turn."""
        standing = await cursor.standing()
        self._behind(cursor.authority, standing.head - standing.position)
        due = time.monotonic() - self.checked.get(cursor.authority, -inf) >= self.check_every
        if standing.head <= standing.position and (not due or standing.head == 0):
            return 0
        bookmark = await cursor.take_turn()
        if bookmark is None:
            return 0
        if due:
            bookmark = await Check(cursor, stream, self.batch).make(bookmark)
            self.checked[cursor.authority] = time.monotonic()
        return await self._pass_on(stream, cursor, bookmark)

    async def _pass_on(self, stream: Stream, cursor: Cursor, bookmark: Bookmark) -> int:
        events = await cursor.after(bookmark.position, self.batch)
        taken = await stream.give(cursor.authority, events)
        await cursor.move(replace(bookmark, position=events[taken - 1].position) if taken else bookmark)
        MIRRORED.inc(taken)
        self._behind(cursor.authority, self.behind.get(cursor.authority, 0) - taken)
        if events and not taken:
            raise NotTaken
        return taken  # the rest of them is given in the next round

    async def _served(self) -> list[str]:
        with from_database():
            return await self.councils()

    async def _look(self) -> None:
        """How far behind the mirror is, while it waits."""
        try:
            for authority in await self._served():
                standing = await Cursor(self.engine, authority, self.broker.stream, self.me).standing()
                self._behind(authority, standing.head - standing.position)
        except Exception as error:
            log.info("the mirror cannot tell how far behind it is (%s)", type(error).__name__)

    def _behind(self, authority: str, events: int) -> None:
        self.behind[authority] = max(events, 0)
        BEHIND.set(sum(self.behind.values()))


def _tell(error: Exception, pause: float) -> None:
    """Whose fault it is: the database's, that of NATS or of how it is set up, or our own, to be heard of."""
    log.warning("the mirror waits %.1f s (%s)", pause, _named(error))
    if isinstance(error, DatabaseAway):
        return
    if isinstance(error, OF_NATS):
        AWAY.inc()
    else:
        FAULTS.inc()
        log_fault(log, "the mirror failed by our fault (%s)", error)


def _named(error: Exception) -> str:
    # What NATS says of its streams holds no address; other messages may.
    said = f": {error.description}" if isinstance(error, APIError) else ""
    return type(error).__name__ + said


@asynccontextmanager
async def mirroring(door: Door, broker: Broker | None) -> AsyncIterator[None]:
    """Mirror the feed beside the service's requests and loops; with no broker, nothing."""
    if broker is None:
        yield
        return
    async with loops_beside() as loops:
        loops.start("mirror", Mirror(door.engine, broker, lambda: authorities(door.engine)).run)
        yield
