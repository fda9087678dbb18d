"""Makes what runs follow a changed calendar, history by history, in short transactions that can be taken up again.

Each batch locks the day first, then its histories, then shares the calendar: the order of everybody who writes. What
has closed never moves. Any number of schedulers may do this at once: whoever has locked the day has it for one batch.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.calendar.affected import (
    Affected,
    Candidate,
    affected_by,
    candidates,
    halfway_histories,
    next_page,
)
from services.scheduler.calendar.moving import lock_running, move_alarms, move_dates
from services.scheduler.crashpoints import Crashpoint, pass_by
from services.scheduler.figures import MOVED
from shared.clock import Clock
from shared.db.session import authority_session, take_long
from shared.deadlines.difference import Because
from shared.deadlines.law import SHARE, Law, law_in_force
from shared.deadlines.models import CalendarDay
from shared.deadlines.reconcile import reconcile
from shared.deadlines.turns import take_turn

PENDING = text("SELECT id FROM calendar_day WHERE authority_id = :authority AND moved_at IS NULL ORDER BY id")


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of one batch: how many deadlines changed, and whether it was the day's last."""

    changed: int
    last: bool


@dataclass(frozen=True, slots=True)
class Mover:
    """Moves the running deadlines of one authority, `batch` histories at a time."""

    engine: AsyncEngine
    authority: str
    law: Law
    clock: Clock
    batch: int

    async def move_all(self) -> int:
        """Follow every change of the calendar that has not been followed to its end; returns how many deadlines
        changed. A change that is just being made is waited for."""
        async with authority_session(self.engine, self.authority, read_only=True) as session:
            await session.execute(SHARE, {"name": f"{self.authority}:calendar"})
            pending = list(await session.scalars(PENDING, {"authority": self.authority}))
        return sum([await self._follow_day(day) for day in pending])

    async def _follow_day(self, id: UUID) -> int:
        affected = await self.affected(id)
        changed = 0
        while batch := await self.move_batch(id, affected):
            pass_by(Crashpoint.AFTER_MOVE)
            MOVED.inc(batch.changed)
            changed += batch.changed
            if batch.last:
                break
        return changed

    async def affected(self, id: UUID) -> Affected:
        """What a day can touch, as the law is now. Worked out once for all its batches."""
        async with authority_session(self.engine, self.authority, read_only=True) as session:
            law = await law_in_force(session, self.authority, self.law)
            day = await session.get_one(CalendarDay, (self.authority, id))
            return await affected_by(session, day, law)

    async def move_batch(self, id: UUID, affected: Affected) -> Batch | None:
        """One batch; None where another scheduler has this one, nothing is left to do, or the day was taken back
        meanwhile, and is to be begun with anew."""
        async with authority_session(self.engine, self.authority) as session:
            day = await self._take(session, id)
            if day is None or day.withdrawn_on != affected.withdrawn_on:
                return None
            await take_long(session)
            page = await next_page(session, self.authority, day.moved_through, self.batch)
            changed = await self._follow(session, page, affected) if page else 0
            last = len(page) < self.batch
            day.moved_through = page[-1] if page else day.moved_through
            day.moved_at = self.clock.now() if last else None
            await session.flush()
            return Batch(changed, last)

    async def _take(self, session: AsyncSession, id: UUID) -> CalendarDay | None:
        locked: CalendarDay | None = await session.scalar(
            select(CalendarDay)
            .where(CalendarDay.authority_id == self.authority, CalendarDay.id == id)
            .where(CalendarDay.moved_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        return locked

    async def _follow(self, session: AsyncSession, page: list[UUID], affected: Affected) -> int:
        """Make these histories follow; returns how many of their deadlines changed."""
        whole = [history for history in page if history in affected.told]
        found = await candidates(session, self.authority, page, affected)
        everywhere = page if affected.anywhere else []
        await take_turn(session, self.authority, [*whole, *everywhere, *(each.history_id for each in found)])
        halfway = await halfway_histories(session, self.authority, found, affected)
        changed = await self._reconcile(session, whole, None)
        changed += await self._reconcile(session, everywhere, affected.anywhere)
        changed += await self._reconcile(session, halfway, affected.halfway)
        return changed + await self._move(session, found, set(whole))

    async def _move(self, session: AsyncSession, found: Sequence[Candidate], whole: set[UUID]) -> int:
        """Move the dates of the candidates outside the whole histories, and the alarms of all whose dates stand."""
        if not found:
            return 0
        rows = await lock_running(session, self.authority, [each.id for each in found])
        law = await law_in_force(session, self.authority, self.law)
        wanted = {each.id for each in found if each.dated and each.history_id not in whole}
        dated = [row for row in rows if row.id in wanted]
        moved, left = await move_dates(session, self.authority, dated, law, self.clock.now())
        codes = frozenset(row.timescale for row in dated if row.history_id in left)
        changed = await self._reconcile(session, sorted(left), codes)
        still = [row for row in rows if row.id not in moved and row.history_id not in left]
        return len(moved) + changed + await move_alarms(session, self.authority, still, law)

    async def _reconcile(
        self, session: AsyncSession, histories: Collection[UUID], only: frozenset[str] | None
    ) -> int:
        if not histories:
            return 0
        now, because = self.clock.now(), Because.CALENDAR
        each_once = sorted(set(histories))
        return await reconcile(session, self.authority, each_once, self.law, now, because=because, only=only)
