"""How a record tells the timeline: its facts are brought up to date and the deadlines with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.facts import NewFact, record_facts, take_turn
from shared.deadlines.models import FactRow
from shared.deadlines.reconcile import reconcile
from shared.events.language import Event
from shared.events.outbox import publish
from shared.http.door import Door
from shared.refusals import Contradiction
from shared.timescales.london import london_date

RECORDED: Mapping[str, str] = MappingProxyType(
    {
        "care_period.started": "/v1/care_periods",
        "care_period.ended": "/v1/care_periods",
        "iro_service.notified": "/v1/care_periods",
        "child.born": "/v1/children",
        "iro.allocated": "/v1/allocations",
        "review.scheduled": "/v1/reviews",
        "review.held": "/v1/reviews",
        "review.cancelled": "/v1/reviews",
        "midpoint_check.completed": "/v1/midpoint_checks",
        "chair_midpoint_check.completed": "/v1/midpoint_checks",
        "care_plan.completed": "/v1/milestones",
        "care_plan.updated": "/v1/milestones",
        "health_assessment.completed": "/v1/milestones",
        "pep.completed": "/v1/milestones",
        "pathway_needs.assessed": "/v1/milestones",
        "pathway_plan.completed": "/v1/milestones",
        "pathway_plan.reviewed": "/v1/milestones",
        "exemption.granted": "/v1/exemptions",
        "pause.granted": "/v1/exemptions",
    }
)
"""The kinds of fact that a record of their own tells, and where that is put. All others are reported as such."""


class TellsFacts(Protocol):
    """A record whose standing facts follow from its own fields. `tells` are the kinds that it speaks for: others
    may be told about the same record by somebody else."""

    authority_id: str
    id: UUID

    @property
    def stands(self) -> bool: ...

    @property
    def tells(self) -> Collection[str]: ...

    def facts(self) -> Iterable[NewFact]: ...


async def tell(
    session: AsyncSession,
    door: Door,
    record: TellsFacts,
    histories: Sequence[UUID],
    events: Iterable[Event],
    also: Iterable[TellsFacts] = (),
) -> None:
    """Make the facts of `record`, and of the records told with it, what they say now, publish `events`, and
    reconcile the histories that they touch."""
    now = door.clock.now()
    authority = record.authority_id
    await take_turn(session, authority, histories)  # all of them at once, in their order, before one by one
    for each in (record, *also):
        await _replace_facts(session, each, now)
    await publish(session, authority, events, now)
    await reconcile(session, authority, histories, door.law, now)


async def _replace_facts(session: AsyncSession, record: TellsFacts, now: datetime) -> None:
    facts = record.facts() if record.stands else ()
    wanted = {(fact.history_id, fact.kind): fact for fact in facts}
    held = await session.execute(
        select(FactRow)
        .where(FactRow.authority_id == record.authority_id, FactRow.record_id == record.id)
        .where(FactRow.kind.in_(record.tells), FactRow.withdrawn_at.is_(None))
    )
    for row in held.scalars():
        new = wanted.get((row.history_id, row.kind))
        if new is not None and _same(row, new):
            del wanted[row.history_id, row.kind]
            continue
        row.withdrawn_at, row.withdrawn_because = now, "corrected" if new else "no_longer_so"
    await session.flush()
    await record_facts(session, record.authority_id, wanted.values(), now)


def _same(row: FactRow, new: NewFact) -> bool:
    held = (row.history_id, row.happened_on, row.happened_at, row.codes)
    return held == (new.history_id, new.on, new.at, dict(new.codes))


def not_in_the_future(door: Door, field: str, moment: datetime | None) -> None:
    """Raise Contradiction for an instant that has not come: what happened cannot lie ahead."""
    if moment is not None and moment > door.clock.now():
        raise Contradiction("This cannot lie in the future.", code="in_the_future", pointer=f"/{field}")


def day_not_in_the_future(door: Door, field: str, day: object) -> None:
    """Raise Contradiction for a London date that has not come."""
    if day is not None and day > london_date(door.clock.now()):  # type: ignore[operator]
        raise Contradiction("This cannot lie in the future.", code="in_the_future", pointer=f"/{field}")
