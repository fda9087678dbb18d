"""A care period told bit by bit: facts arrive, are corrected and withdrawn, time passes, and somebody sweeps."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.sweep import sweep_once
from shared.deadlines.facts import (
    NewFact,
    fact_at,
    open_history,
    record_facts,
    standing_facts,
    withdraw_facts,
)
from shared.deadlines.law import Law
from shared.deadlines.models import Breach, DeadlineRow
from shared.deadlines.reconcile import reconcile
from shared.timescales.engine import deadlines
from shared.timescales.kinds import KINDS, Precision

FIRST = date(2025, 1, 6)


@dataclass
class Story:
    """One history, in an open transaction that may do everything. `now` is a UTC instant."""

    session: AsyncSession
    authority: str
    law: Law
    now: datetime = datetime(2025, 1, 6, 12, tzinfo=UTC)
    history: UUID = field(default_factory=uuid4)
    child: UUID = field(default_factory=uuid4)
    records: dict[tuple[str, int], UUID] = field(default_factory=dict)

    async def begin(self) -> None:
        await open_history(self.session, self.authority, self.history, "care_period", self.child)

    async def tell(self, kind: str, number: int, day: int, historic: bool = False) -> None:
        """A fact of a record is told, or told anew; `day` counts from the first."""
        await self.withdraw(kind, number, told=False)
        await record_facts(self.session, self.authority, [self._fact(kind, number, day)], self.now)
        await self.reconcile(historic)

    async def withdraw(self, kind: str, number: int, told: bool = True) -> None:
        """It was not so after all."""
        record = self._record(kind, number)
        await withdraw_facts(self.session, self.authority, [record], kind, "not so", self.now)
        if told:
            await self.reconcile()

    async def wait(self, days: int) -> None:
        """Time passes, and the scheduler notices what is due."""
        self.now += timedelta(days=days)
        await self.sweep()

    async def sweep(self) -> int:
        return await sweep_once(self.session, self.authority, self.now, 1000)

    async def reconcile(self, historic: bool = False) -> None:
        await reconcile(self.session, self.authority, [self.history], self.law, self.now, historic=historic)

    async def rows(self) -> dict[tuple[str, UUID], DeadlineRow]:
        found = await self.session.scalars(
            select(DeadlineRow)
            .where(DeadlineRow.history_id == self.history)
            .execution_options(populate_existing=True)
        )
        return {(row.timescale, row.anchor_id): row for row in found}

    async def breaches(self) -> list[Breach]:
        found = await self.session.scalars(
            select(Breach)
            .join(DeadlineRow, DeadlineRow.id == Breach.deadline_id)
            .where(DeadlineRow.history_id == self.history)
            .order_by(Breach.deadline_id, Breach.version)
            .execution_options(populate_existing=True)
        )
        return list(found)

    async def told(self) -> list[str]:
        """The types of all events of this child so far, in order."""
        found = await self.session.execute(
            text("SELECT type FROM outbox_event WHERE child_id = :c ORDER BY seq"), {"c": self.child}
        )
        return list(found.scalars())

    async def from_scratch(self) -> dict[tuple[str, UUID], Any]:
        """What the pure engine says of the facts that stand."""
        facts = await standing_facts(self.session, self.authority, [self.history])
        found = deadlines(facts[self.history], self.law.catalogue, self.law.calendar)
        return {(each.timescale, each.anchor): each for each in found}

    def _fact(self, kind: str, number: int, day: int) -> NewFact:
        record, on = self._record(kind, number), FIRST + timedelta(days=day)
        if KINDS[kind].precision is Precision.DAY:
            return NewFact(self.history, self.child, kind, record, on)
        return fact_at(self.history, self.child, kind, record, datetime.combine(on, time(10, 30), UTC))

    def _record(self, kind: str, number: int) -> UUID:
        if kind.startswith(("care_period", "iro_service")):
            return self.history
        return self.records.setdefault((kind, number), uuid4())
