"""A history told bit by bit: facts arrive, are corrected and withdrawn, time passes, the law and the calendar change,
and somebody sweeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.sweep import sweep_once
from shared.deadlines.difference import Because
from shared.deadlines.facts import NewFact, open_histories, record_facts, standing_facts, withdraw_facts
from shared.deadlines.law import Law, law_in_force
from shared.deadlines.models import Breach, CalendarDay, DeadlineRow
from shared.deadlines.reconcile import reconcile
from shared.timescales.engine import Deadline, deadlines
from shared.timescales.facts import Fact
from shared.timescales.kind import Precision
from shared.timescales.kinds import KINDS
from shared.timescales.london import london_date
from shared.timescales.relief import EXEMPTION, PAUSE
from tests.timeline.laws import laws

FIRST = date(2025, 1, 6)
OF_THE_HISTORY = ("care_period.started", "care_period.ended", "iro_service.notified", "child.born")
NO_CODES: Mapping[str, str] = MappingProxyType({})

Told = tuple[str, int, int, Mapping[str, str]]
"""A fact of a story: its kind, the number of its record, its day counted from the first, and its codes."""


@dataclass
class Story:
    """One history, in an open transaction that may do everything. `now` is a UTC instant."""

    session: AsyncSession
    authority: str
    law: Law
    kind: str = "care_period"
    now: datetime = datetime(2025, 1, 6, 12, tzinfo=UTC)
    history: UUID = field(default_factory=uuid4)
    child: UUID = field(default_factory=uuid4)
    records: dict[tuple[str, int], UUID] = field(default_factory=dict)
    reckoned: Law = field(init=False)
    """The law under which the deadlines were last worked out."""

    def __post_init__(self) -> None:
        self.reckoned = self.law

    async def begin(self) -> None:
        await open_histories(self.session, self.authority, self.kind, [(self.history, self.child)])

    async def tell(
        self, kind: str, number: int, day: int, codes: Mapping[str, str] = NO_CODES, historic: bool = False
    ) -> None:
        """A fact of a record is told, or told anew; `day` counts from the first."""
        await self.tell_all([(kind, number, day, codes)], historic)

    async def tell_all(self, told: Sequence[Told], historic: bool = False) -> None:
        """Several facts are told at once; of two of one kind and record the latter."""
        latest = {(kind, self._record(kind, number)): (day, codes) for kind, number, day, codes in told}
        facts = [self._fact(kind, record, *said) for (kind, record), said in latest.items()]
        for fact in facts:
            await self._withdraw(fact.kind, fact.record_id)
        await record_facts(self.session, self.authority, facts, self.now)
        await self.reconcile(historic)

    async def withdraw(self, kind: str, number: int) -> None:
        """It was not so after all."""
        await self._withdraw(kind, self._record(kind, number))
        await self.reconcile()

    async def grant(self, nth: int, number: int, on: int, first: int | None, until: int | None) -> None:
        """An exemption is granted, on a day counted from the first, for some deadline there is: from a first day on a
        pause, without it a later date, and without any day a waiver. The two count from the due day."""
        rows = sorted(
            (await self.rows()).values(), key=lambda row: (row.timescale, row.starts_on, row.due_on)
        )
        if rows:
            row = rows[nth % len(rows)]
            kind = EXEMPTION if first is None else PAUSE
            days = {"from": first, "until": until if first is None or until is None else first + until}
            codes = {name: str(row.due_on + timedelta(days=n)) for name, n in days.items() if n is not None}
            named = {"timescale": row.timescale, "anchor": str(row.anchor_id)}
            await self.tell(kind, number, on, named | codes)

    async def proclaim(self, day: int, instead_of: int | None = None) -> None:
        """A weekday, counted from the first, is made a bank holiday."""
        on = FIRST + timedelta(days=day)
        if on.weekday() < 5 and on not in [each.on for each in await self._days() if not each.withdrawn_on]:
            moved = None if instead_of is None else FIRST + timedelta(days=instead_of)
            today, told = london_date(self.now), "A story"
            self.session.add(
                CalendarDay(self.authority, uuid4(), on, told, today, told, moved, today, self.now, told)
            )
            await self._calendar_changed()

    async def take_back(self, nth: int) -> None:
        """One of the days proclaimed is none."""
        standing = [each for each in await self._days() if each.withdrawn_on is None]
        if standing:
            day = standing[nth % len(standing)]
            day.withdrawn_on, day.withdrawn_because = london_date(self.now), "not so"
            await self._calendar_changed()

    async def legislate(self, number: int, noticed: bool = True) -> None:
        """Another law is in force; unless `noticed`, nobody looks at this history before more is told of it."""
        self.law = laws()[number]
        if noticed:
            await self.reconcile(because=Because.LAW)

    async def wait(self, days: int) -> None:
        """Time passes, and the scheduler notices what is due."""
        self.now += timedelta(days=days)
        await self.sweep()

    async def sweep(self) -> int:
        return (await sweep_once(self.session, self.authority, self.now, 1000)).rang

    async def reconcile(self, historic: bool = False, because: Because = Because.FACTS) -> int:
        self.reckoned = self.law
        return await reconcile(
            self.session,
            self.authority,
            [self.history],
            self.law,
            self.now,
            historic=historic,
            because=because,
        )

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

    async def facts(self) -> list[Fact]:
        """The facts that stand."""
        return (await standing_facts(self.session, self.authority, [self.history]))[self.history]

    async def from_scratch(self) -> dict[tuple[str, UUID], Deadline]:
        """What the pure engine says of the facts that stand, under the law by which they were last looked at."""
        ruled = await law_in_force(self.session, self.authority, self.reckoned)
        found = deadlines(await self.facts(), ruled.catalogue, ruled.calendar)
        return {(each.timescale, each.anchor): each for each in found}

    async def _withdraw(self, kind: str, record: UUID) -> None:
        await withdraw_facts(self.session, self.authority, [record], kind, "not so", self.now)

    async def _days(self) -> list[CalendarDay]:
        found = select(CalendarDay).where(CalendarDay.authority_id == self.authority)
        return list(await self.session.scalars(found.order_by(CalendarDay.on, CalendarDay.id)))

    async def _calendar_changed(self) -> None:
        await self.session.flush()
        await self.reconcile(because=Because.CALENDAR)

    def _fact(self, kind: str, record: UUID, day: int, codes: Mapping[str, str]) -> NewFact:
        on, precision = FIRST + timedelta(days=day), KINDS[kind].precision
        timed = precision is Precision.INSTANT or (precision is Precision.EITHER and day % 2)
        at = datetime.combine(on, time(10, 30), UTC) if timed else None
        return NewFact(self.history, self.child, kind, record, on, at, codes)

    def _record(self, kind: str, number: int) -> UUID:
        if kind in OF_THE_HISTORY:
            return self.history
        about = KINDS[kind].about or ("review" if kind == "review.held" else kind)
        return self.records.setdefault((about, number), uuid4())
