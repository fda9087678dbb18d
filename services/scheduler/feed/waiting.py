"""A page of the feed, which may be waited for: nothing of the database is held meanwhile."""

import time
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.feed.filters import Filter
from services.scheduler.feed.heads import Heads
from services.scheduler.feed.queries import Batch, look
from services.scheduler.feed.readings import Readings
from shared.auth.principal import Principal
from shared.http.leaving import leaving

LOOK_UP = 0.5  # seconds; how soon somebody who waits notices that the service is stopping


@dataclass(frozen=True, slots=True)
class Page:
    """What one reader asks for, and how many seconds they wait for it."""

    who: Principal
    wanted: Filter
    limit: int
    wait: float

    async def read(self, engine: AsyncEngine, readings: Readings, after: int) -> str:
        """The page as JSON text. Raises Contradiction for a position that was never given out."""
        until = time.monotonic() + self.wait
        while True:
            async with readings.turns.one():
                batch, head = await look(engine, self.who, after, self.limit, self.wanted)
            if batch.events or time.monotonic() >= until or leaving():
                return _written(batch, head)
            after = batch.until
            if after >= head:
                await self._more(readings.heads, after, until)

    async def _more(self, heads: Heads, after: int, until: float) -> None:
        while (left := until - time.monotonic()) > 0 and not leaving():
            if await heads.beyond(self.who.authority, after, min(left, LOOK_UP)):
                return


def _written(batch: Batch, head: int) -> str:
    listed = ",".join(f'{{"position":{event.position},"event":{event.envelope}}}' for event in batch.events)
    return f'{{"events":[{listed}],"next":{batch.until},"head":{max(head, batch.until)}}}'
