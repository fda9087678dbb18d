"""Gives events their places in the feed, after commit, one by one and without a gap, and hands out deliveries.

One writer at a time gives places in a feed, however many schedulers run; a reader who has seen position n can never
miss one below it. Events of one deadline keep their order: whoever writes them holds the deadline's row until it
commits. A writer holds the feed for a little while after each batch, by the database's clock; whoever takes it then
counts the epoch on, and the one before, should it wake again, is refused.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.crashpoints import Crashpoint, pass_by
from services.scheduler.feed.head import FIRST_HEAD
from services.scheduler.figures import FENCED, POSITIONED
from services.scheduler.places import HEAD, LET_GO, STANDING, give_places
from shared.db.base import new_id
from shared.db.faults import is_outage
from shared.db.session import authority_session

# Seconds; a writer that is stopped in the middle of a batch loses its transaction after these.
LEAST_IDLE = 1.0
LISTENERS = 20  # subscriptions to whom a whole batch is handed out in one statement; to more, a smaller one
FAREWELL = 1.0  # seconds in which a writer lets go of its feeds
OF_NOBODY = {"authority": "", "believed": 0, "epoch": 0}  # a name that no council can have


@dataclass(frozen=True, slots=True)
class Written:
    """So many events got their places, in this epoch; the last place given out so far is `head`."""

    placed: int
    head: int
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """The epoch that the head has, and the one to write in."""

    believed: int
    epoch: int


@dataclass(slots=True)
class Writer:
    """Somebody who gives places; a feed stays theirs for `lease` after each batch. `epochs` are those that they believe
    in, by authority."""

    engine: AsyncEngine
    lease: timedelta = timedelta(0)
    id: UUID = field(default_factory=new_id)
    epochs: dict[str, int] = field(default_factory=dict)

    async def batches(self, authority: str, now: datetime, batch: int = 1000) -> AsyncIterator[Written]:
        """Give every committed event of one authority its place, batch by batch, unless the feed is another's just
        now; at the end, one in which nothing was placed."""
        while True:
            async with authority_session(self.engine, authority) as session:
                written = await self.write(session, authority, now, batch)
            if written is None:
                continue
            if written.placed:
                self.epochs[authority] = written.epoch
                POSITIONED.inc(written.placed)
                pass_by(Crashpoint.AFTER_RELAY)
            yield written
            if not written.placed:
                return

    async def relay(self, authority: str, now: datetime, batch: int = 1000) -> int:
        """The same at one go; returns the position of the last, 0 for none."""
        return [written.head async for written in self.batches(authority, now, batch)][-1]

    async def write(self, session: AsyncSession, authority: str, now: datetime, batch: int) -> Written | None:
        """One batch, in the open transaction. None: the feed had no head until now, and is to be written to once that
        is committed."""
        idle = max(LEAST_IDLE, self.lease.total_seconds())
        asked = {"authority": authority, "idle": f"{idle * 1000:.0f}ms"}
        standing = (await session.execute(text(STANDING), asked)).one()
        if not standing.waiting:
            return Written(0, standing.head or 0)
        if standing.head is None:
            await session.execute(text(FIRST_HEAD), asked)
            return None
        return await self._give(session, authority, now, standing, batch)

    async def _give(
        self, session: AsyncSession, authority: str, now: datetime, standing: Row[Any], batch: int
    ) -> Written:
        giving = text(give_places(max(1, batch * LISTENERS // max(LISTENERS, standing.listeners))))
        told = {"authority": authority, "writer": self.id, "lease": self.lease, "now": now}
        # A driver sends a statement that is new to it in two parts, and a server waits between them for as long as it
        # takes. So that nobody can be stopped there with the head locked, it is sent before that, to no effect.
        await session.execute(giving, told | OF_NOBODY)
        turn = await self._turn(session, authority)
        if turn is None:
            return Written(0, standing.head)
        given = (await session.execute(giving, told | {"believed": turn.believed, "epoch": turn.epoch})).one()
        before = standing.head if given.before is None else given.before
        return Written(given.placed, before + given.placed, turn.epoch)

    async def _turn(self, session: AsyncSession, authority: str) -> Turn | None:
        """Lock the head of the feed for this transaction. None while the feed is another's."""
        head = (await session.execute(text(HEAD), {"authority": authority})).one_or_none()
        if head is None:
            return None
        mine = head.writer == self.id
        if mine and head.epoch == self.epochs.get(authority):
            return Turn(head.epoch, head.epoch)
        if self.epochs.pop(authority, None) is not None:
            FENCED.inc()
        return None if head.held and not mine else Turn(head.epoch, head.epoch + 1)

    async def let_go(self) -> None:
        """Leave every feed to whoever comes next; a database that is away does that by itself."""
        try:
            async with asyncio.timeout(FAREWELL):
                while self.epochs:
                    await self._let_go(*self.epochs.popitem())
        except Exception as error:
            if not is_outage(error):
                raise

    async def _let_go(self, authority: str, epoch: int) -> None:
        async with authority_session(self.engine, authority) as session:
            mine = {"authority": authority, "epoch": epoch, "writer": self.id}
            await session.execute(text(LET_GO), mine)


async def relay(engine: AsyncEngine, authority: str, now: datetime, batch: int = 1000) -> int:
    """The same by somebody who writes once, and holds nothing afterwards."""
    return await Writer(engine).relay(authority, now, batch)
