"""The reconciler: finds what the feed has and the mirror no longer, and gives it again.

Counting is enough most of the time. Where the count is wrong, and the last message says that no more than the end is
missing (an older copy of the data, a stream that was deleted), the cursor goes back to there. Otherwise the ids of all
that the stream holds are read, and exactly the events that are missing are given again.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from services.scheduler.mirror.cursor import Bookmark, Cursor
from services.scheduler.mirror.figures import LACKED
from services.scheduler.mirror.seen import Seen
from services.scheduler.mirror.stream import Holding, Stream

log = logging.getLogger("duecare.mirror")


class TurnLost(Exception):
    """Another scheduler has taken over meanwhile."""


class NotTaken(Exception):
    """NATS did not acknowledge everything."""


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one authority, in this scheduler's turn."""

    cursor: Cursor
    stream: Stream
    batch: int

    async def make(self, bookmark: Bookmark) -> Bookmark:
        """Where the mirror really is. Raises NotTaken or TurnLost; whoever comes next looks again."""
        kept, holding = self.stream.kept, await self.stream.holding(self.cursor.authority)
        another = kept.incarnation != bookmark.incarnation
        bookmark = replace(bookmark, incarnation=kept.incarnation)
        if holding.count == 0:
            return await self._begin(bookmark) if another or not kept.limited else bookmark
        floor = max(holding.first - 1, 0) if kept.limited else 0
        whole = holding.count - bookmark.surplus
        if whole == bookmark.position - floor:
            return bookmark
        if whole == holding.last - floor and await self._knows(holding):
            return self._move(bookmark, holding.last)
        return await self._mend(bookmark, holding)

    async def _begin(self, bookmark: Bookmark) -> Bookmark:
        """The stream holds nothing: it gets all that it keeps."""
        seconds = self.stream.kept.seconds
        start = await self.cursor.before(seconds) if seconds else 0
        return self._move(replace(bookmark, surplus=0), start)

    def _move(self, bookmark: Bookmark, position: int) -> Bookmark:
        if position < bookmark.position:
            LACKED.inc(bookmark.position - position)
            log.warning(
                "NATS lacks the last %d events, and is given them again", bookmark.position - position
            )
        return replace(bookmark, position=position)

    async def _knows(self, holding: Holding) -> bool:
        """Whether the last message is of the event that has its place in the feed."""
        return [each.id for each in await self.cursor.at([holding.last])] == [holding.last_id]

    async def _mend(self, bookmark: Bookmark, holding: Holding) -> Bookmark:
        seen = Seen(bookmark.position)
        async for ids in self.stream.ids(self.cursor.authority):
            seen.mark(await self.cursor.positions(ids))
            await self._keep_turn()
        lacking = seen.lacking(seen.first() - 1 if self.stream.kept.limited else 0)
        given = 0
        for positions in _batches(lacking, self.batch):
            given += await self._give(positions)
        log.warning("NATS lacked %d events, and was given them again", given)
        return replace(bookmark, surplus=holding.count - seen.count)

    async def _give(self, positions: list[int]) -> int:
        events = await self.cursor.at(positions)
        if await self.stream.give(self.cursor.authority, events, again=True) < len(events):
            raise NotTaken
        LACKED.inc(len(events))
        await self._keep_turn()
        return len(events)

    async def _keep_turn(self) -> None:
        if await self.cursor.take_turn() is None:
            raise TurnLost


def _batches(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    them = iter(numbers)
    while batch := list(islice(them, size)):
        yield batch
