"""Everything that a deadline has been: what it was before, its breaches, what was granted, and the facts behind it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.deadlines.explanation import grant_kind
from services.scheduler.deadlines.queries import deadline_view
from services.scheduler.deadlines.schemas import (
    BreachView,
    ExemptionView,
    FactView,
    RevisionView,
    StoryView,
)
from shared.deadlines.models import Breach, DeadlineRevision, DeadlineRow, FactRow
from shared.http.door import Door
from shared.timescales.catalogue import Catalogue
from shared.timescales.relief import EXEMPTION, PAUSE, Granted

Stretch = DeadlineRow | DeadlineRevision


async def story(session: AsyncSession, door: Door, row: DeadlineRow) -> StoryView:
    """The whole story of a deadline."""
    earlier = await _earlier(session, row)
    return StoryView(
        deadline=await deadline_view(session, door, row),
        revisions=[*(_superseded(each) for each in earlier), _present(row)],
        breaches=await _breaches(session, row),
        exemptions=await _exemptions(session, row),
        facts=await _facts(session, row, Behind.of(row, earlier, door.law.catalogue)),
    )


async def _earlier(session: AsyncSession, row: DeadlineRow) -> Sequence[DeadlineRevision]:
    found = await session.scalars(
        select(DeadlineRevision)
        .where(DeadlineRevision.authority_id == row.authority_id, DeadlineRevision.deadline_id == row.id)
        .order_by(DeadlineRevision.revision)
    )
    return found.all()


def _superseded(earlier: DeadlineRevision) -> RevisionView:
    because = earlier.superseded_because
    return RevisionView(**_said(earlier), stood_until=earlier.superseded_at, changed_because=because)


def _present(row: DeadlineRow) -> RevisionView:
    return RevisionView(**_said(row), stood_until=None, changed_because=None)


def _said(stretch: Stretch) -> dict[str, Any]:
    same = {name: getattr(stretch, name) for name in RevisionView.model_fields if hasattr(stretch, name)}
    return same | {"stood_from": stretch.changed_at}


async def _breaches(session: AsyncSession, row: DeadlineRow) -> list[BreachView]:
    found = await session.scalars(
        select(Breach)
        .where(Breach.authority_id == row.authority_id, Breach.deadline_id == row.id)
        .order_by(Breach.version)
    )
    return [BreachView.model_validate(each) for each in found]


async def _exemptions(session: AsyncSession, row: DeadlineRow) -> list[ExemptionView]:
    mine = (
        FactRow.kind.in_((EXEMPTION, PAUSE)),
        FactRow.codes["timescale"].astext == row.timescale,
        FactRow.codes["anchor"].astext == str(row.anchor_id),
    )
    return [_exemption(fact) for fact in await _told(session, row, *mine)]


def _exemption(fact: FactRow) -> ExemptionView:
    first, until = (fact.codes.get(name) for name in ("from", "until"))
    granted = Granted(
        fact.happened_on,
        fact.record_id,
        date.fromisoformat(first) if first else None,
        date.fromisoformat(until) if until else None,
    )
    return ExemptionView(
        **_telling(fact),
        kind=grant_kind(granted),
        granted_on=granted.on,
        from_on=granted.first,
        until_on=granted.until,
    )


@dataclass(frozen=True, slots=True)
class Behind:
    """The facts behind a deadline: `starting` are the kinds that start it, `closings` the kinds and London dates of
    what closed it at some time, and `as_of` the kinds that count as of the day of another fact of their record."""

    starting: frozenset[str]
    closings: frozenset[tuple[str, date]]
    as_of: dict[str, str]

    @classmethod
    def of(cls, row: DeadlineRow, earlier: Iterable[DeadlineRevision], catalogue: Catalogue) -> "Behind":
        """What is behind a deadline and what it was before."""
        told_as = {rule.leaves: rule.fact for rule in catalogue.counted.values()}
        timescale = catalogue.find(row.timescale)
        starts = [each.fact for each in timescale.starts] if timescale else []
        closed = [(row.closed_by, row.closed_on), *((each.closed_by, each.closed_on) for each in earlier)]
        return cls(
            frozenset(told_as.get(kind, kind) for kind in starts),
            frozenset((told_as.get(kind, kind), on) for kind, on in closed if kind and on),
            {rule.fact: rule.as_of for rule in catalogue.counted.values()},
        )

    @property
    def kinds(self) -> set[str]:
        """Every kind of fact to look at."""
        closing = {kind for kind, _ in self.closings}
        return {*self.starting, *closing, *(self.as_of[kind] for kind in closing if kind in self.as_of)}

    def parts(self, facts: Sequence[FactRow], row: DeadlineRow) -> Iterator[tuple[str, FactRow]]:
        """The facts that start the clock and that closed it, each with which of the two it does."""
        days = {(fact.kind, fact.record_id): fact.happened_on for fact in facts}
        for fact in facts:
            if fact.record_id == row.anchor_id and fact.kind in self.starting:
                yield "starts", fact
            counted_on = days.get((self.as_of.get(fact.kind, ""), fact.record_id))
            if {(fact.kind, fact.happened_on), (fact.kind, counted_on)} & self.closings:
                yield "closes", fact


async def _facts(session: AsyncSession, row: DeadlineRow, behind: Behind) -> list[FactView]:
    facts = await _told(session, row, FactRow.kind.in_(behind.kinds))
    return [
        FactView(
            **_telling(fact),
            part=part,
            kind=fact.kind,
            happened_on=fact.happened_on,
            happened_at=fact.happened_at,
        )
        for part, fact in behind.parts(facts, row)
    ]


async def _told(
    session: AsyncSession, row: DeadlineRow, *conditions: ColumnElement[bool]
) -> Sequence[FactRow]:
    """Facts of the deadline's history in the order in which they were told, also those taken back."""
    found = await session.scalars(
        select(FactRow)
        .where(FactRow.authority_id == row.authority_id, FactRow.history_id == row.history_id)
        .where(*conditions)
        .order_by(FactRow.recorded_at, FactRow.happened_on, FactRow.id)
    )
    return found.all()


def _telling(fact: FactRow) -> dict[str, Any]:
    told = ("record_id", "recorded_at", "withdrawn_at", "withdrawn_because")
    return {name: getattr(fact, name) for name in told}
