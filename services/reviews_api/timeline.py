"""How a record tells the timeline: its facts are brought up to date and the deadlines with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.returned import said_by
from shared.deadlines.facts import NewFact, replace_facts
from shared.deadlines.reconcile import reconcile
from shared.deadlines.turns import take_turn
from shared.events.language import Event
from shared.events.outbox import publish
from shared.http.door import Door
from shared.refusals import Contradiction, Unavailable
from shared.timescales.escalation_kinds import ESCALATION_KINDS
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
        "review.invitations_sent": "/v1/reviews",
        "review.report_received": "/v1/reviews",
        "review.began": "/v1/reviews",
        "review.adjourned": "/v1/reviews",
        "review.decisions_issued": "/v1/reviews",
        "review.decisions_answered": "/v1/reviews",
        "review.record_completed": "/v1/reviews",
        "review.record_distributed": "/v1/reviews",
        "midpoint_check.completed": "/v1/midpoint_checks",
        "placement.started": "/v1/placements",
        "placement.designated": "/v1/placements",
        "placement.notified": "/v1/placements",
        "placement_plan.completed": "/v1/placements",
        "placement.ended": "/v1/placements",
        "legal_status.changed": "/v1/legal_statuses",
        "officer.started": "/v1/workers",
        "officer.left": "/v1/workers",
        "supervision.held": "/v1/supervisions",
        "practice_observation.made": "/v1/observations",
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
        "strategy_discussion.decided": "/v1/strategy_discussions",
        "strategy_discussion.held": "/v1/strategy_discussions",
        "conference.requested": "/v1/conferences",
        "transfer_in.notified": "/v1/conferences",
        "transfer_in.accepted": "/v1/conferences",
        "conference.scheduled": "/v1/conferences",
        "conference.invitations_sent": "/v1/conferences",
        "conference.report_received": "/v1/conferences",
        "conference.final_core_group_held": "/v1/conferences",
        "conference.held": "/v1/conferences",
        "conference.cancelled": "/v1/conferences",
        "conference.decisions_sent": "/v1/conferences",
        "conference.minutes_sent": "/v1/conferences",
        "plan.started": "/v1/protection_plans",
        "plan.ended": "/v1/protection_plans",
        "core_group.held": "/v1/core_groups",
        "pre_proceedings.started": "/v1/pre_proceedings",
        "pre_proceedings.ended": "/v1/pre_proceedings",
        "care_proceedings.issued": "/v1/pre_proceedings",
        "care_proceedings.concluded": "/v1/pre_proceedings",
        **dict.fromkeys(ESCALATION_KINDS, "/v1/escalations"),
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


@dataclass(frozen=True, slots=True)
class Told:
    """What a record tells: by each of its records and kinds the facts that shall stand, what is published, and the
    histories whose deadlines follow."""

    facts: Mapping[tuple[UUID, str], Sequence[NewFact]]
    histories: Sequence[UUID]
    events: Sequence[Event]


GATHERING = "duecare.told"  # the name in the session's `info` of a list of Told, for a batch of rows to tell at its end


async def tell(
    session: AsyncSession,
    door: Door,
    record: TellsFacts,
    histories: Sequence[UUID],
    events: Iterable[Event],
    also: Iterable[TellsFacts] = (),
) -> None:
    """Make the facts of `record`, and of the records told with it, what they say now, publish `events`, and
    reconcile the histories that they touch; at once, or at the end of the batch that this is a part of.

    Raises Unavailable where a history was given to another child while this was on its way.
    """
    facts = {key: said for each in (record, *also) for key, said in _said(each).items()}
    told = Told(facts, list(histories), list(events))
    gathering: list[Told] | None = session.info.get(GATHERING)
    if gathering is None:
        await tell_all(session, door, record.authority_id, [told])
    else:
        gathering.append(told)


async def tell_all(session: AsyncSession, door: Door, authority: str, said: Sequence[Told]) -> None:
    """Tell all of this together; of what is said twice of one record, the last stands."""
    now, historic = door.clock.now(), said_by(session) is not None
    histories = sorted({history for told in said for history in told.histories})
    children = await take_turn(session, authority, histories)  # all of them at once, in their order
    facts = {key: new for told in said for key, new in told.facts.items()}
    _check_whose(facts.values(), children)
    await replace_facts(session, authority, facts, now)
    await publish(
        session, authority, [event for told in said for event in told.events], now, historic=historic
    )
    await reconcile(session, authority, histories, door.law, now, historic=historic)


def _check_whose(told: Iterable[Sequence[NewFact]], children: Mapping[UUID, UUID | None]) -> None:
    """A record takes its child from its history, which was read before it was this transaction's turn."""
    if any(children.get(fact.history_id, fact.child_id) != fact.child_id for facts in told for fact in facts):
        raise Unavailable("The child's records were merged or split at this moment: try again.")


def _said(record: TellsFacts) -> dict[tuple[UUID, str], list[NewFact]]:
    said: dict[tuple[UUID, str], list[NewFact]] = {(record.id, kind): [] for kind in record.tells}
    for fact in record.facts() if record.stands else ():
        said.setdefault((fact.record_id, fact.kind), []).append(fact)
    return said


def not_in_the_future(door: Door, field: str, moment: datetime | None) -> None:
    """Raise Contradiction for an instant that has not come: what happened cannot lie ahead."""
    if moment is not None and moment > door.clock.now():
        raise Contradiction("This cannot lie in the future.", code="in_the_future", pointer=f"/{field}")


def day_not_in_the_future(door: Door, field: str, day: object) -> None:
    """Raise Contradiction for a London date that has not come."""
    if day is not None and day > london_date(door.clock.now()):  # type: ignore[operator]
        raise Contradiction("This cannot lie in the future.", code="in_the_future", pointer=f"/{field}")
