"""What streams read, read once for all who want the same of the same part of the feed.

What was read last is kept for a little while, in memory: never the record, only what the next stream would read again.
A reader who was left behind reads from the database like one who comes new.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.feed.filters import Filter
from services.scheduler.feed.heads import Heads
from services.scheduler.feed.queries import Batch, check_cursor, feed_head, read, stretch
from services.scheduler.feed.turns import Turns
from shared.auth.principal import Principal
from shared.auth.restricted import Restrictions, restrictions
from shared.db.session import authority_session

KEPT = 64  # chunks, of some sixty kilobytes
BATCH = 100  # events in a chunk: each reader who does not take theirs costs its bytes
FRESH = 1.0  # seconds for which it need not be asked again who may not see whom, where the feed has not moved

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Server-sent events as bytes, none where nothing was wanted, and the position until which they go."""

    sent: bytes
    until: int


@dataclass(frozen=True, slots=True)
class Sight:
    """Who might not see whom, asked once the feed had come to `head`; good for what is not beyond it."""

    head: int
    asked_at: float
    restrictions: Restrictions


Feed = tuple[str, int]  # an authority's, since it was put back for the last time
Part = tuple[Feed, Filter, frozenset[UUID], int]


@dataclass(slots=True)
class Readings:
    """The reads of one service's streams."""

    heads: Heads
    turns: Turns = field(default_factory=Turns)
    kept: OrderedDict[Part, Chunk] = field(default_factory=OrderedDict)
    sights: dict[Feed, Sight] = field(default_factory=dict)
    under_way: dict[object, asyncio.Task[Any]] = field(default_factory=dict)

    async def check(self, engine: AsyncEngine, authority: str, after: int) -> None:
        """Raises Contradiction for a position that was never given out."""
        if after > self.heads.known(authority):
            async with self.turns.one(), authority_session(engine, authority, read_only=True) as session:
                await check_cursor(session, authority, after)

    async def after(self, engine: AsyncEngine, who: Principal, wanted: Filter, after: int) -> Chunk:
        """What follows a position, as far as the feed has come by what this process knows."""
        feed = (who.authority, self.heads.put_back(who.authority))
        sight = await self._once(("sight", feed), lambda: self._sight(engine, feed))
        part = (feed, wanted, sight.restrictions.hidden_from(who), after)
        chunk = self.kept.get(part)
        if chunk is None:
            chunk = await self._once(part, lambda: self._read(engine, part, sight.head))
        return chunk

    async def _sight(self, engine: AsyncEngine, feed: Feed) -> Sight:
        authority, _ = feed
        head, known = self.heads.known(authority), self.sights.get(feed)
        if known and known.head >= head and time.monotonic() < known.asked_at + FRESH:
            return known
        async with self.turns.one(None), authority_session(engine, authority, read_only=True) as session:
            head, asked_at = await feed_head(session, authority), time.monotonic()
            sight = Sight(head, asked_at, await restrictions(session, authority))
        self.sights[feed] = sight
        return sight

    async def _read(self, engine: AsyncEngine, part: Part, head: int) -> Chunk:
        (authority, _), wanted, hidden, after = part
        asked = stretch(authority, wanted, hidden, after, head, BATCH)
        async with self.turns.one(None), authority_session(engine, authority, read_only=True) as session:
            chunk = written(await read(session, asked))
        if chunk.until > after:  # the end of the feed is not for keeping
            self.kept[part] = chunk
        while len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        return chunk

    async def _once(self, what: object, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """The work's answer, begun by whoever comes first; it goes on if they leave."""
        task = self.under_way.get(what)
        if task is None:

            async def run() -> Answer:
                return await work()

            task = self.under_way[what] = asyncio.create_task(run())
            task.add_done_callback(lambda done: self._ended(what, done))
        answer: Answer = await asyncio.shield(task)
        return answer

    def _ended(self, what: object, task: asyncio.Task[Any]) -> None:
        del self.under_way[what]
        if not task.cancelled():
            task.exception()  # whoever waited for it has it; perhaps nobody did


def written(batch: Batch) -> Chunk:
    """Many events in one piece: it costs as much to send as one."""
    lines = (
        f"id: {event.position}\r\nevent: {event.type}\r\ndata: {event.envelope}\r\n\r\n"
        for event in batch.events
    )
    return Chunk("".join(lines).encode(), batch.until)
