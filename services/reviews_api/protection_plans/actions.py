"""Writing a child protection plan, ending it, and taking one back."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from services.reviews_api.conferences.models import Conference
from services.reviews_api.conferences.places import load_places
from services.reviews_api.histories.homes import PROTECTION, home_of_child
from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.protection_plans.rules import check, check_alone, check_end
from services.reviews_api.protection_plans.schemas import EndBody, PlanBody
from services.reviews_api.protection_plans.states import PlanStatus
from services.reviews_api.protection_plans.told import told
from services.reviews_api.record import Written, find, get, get_standing, write
from services.reviews_api.returned import said_by
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.language import Event
from shared.events.protection_events import PlanEnded, PlanStarted
from shared.http.door import Door
from shared.http.versions import check_version_if_sent
from shared.refusals import Contradiction


async def put_plan(
    session: AsyncSession, door: Door, authority: str, reference: str, body: PlanBody, if_match: str | None
) -> Written[ProtectionPlan]:
    """Create or replace a plan; the core groups, visits and review conferences that it brings follow.

    Raises NotFound for an unknown child or conference, Contradiction for what cannot be.
    """
    check(door, body)
    home = await home_of_child(session, authority, body.child, PROTECTION)
    conference_id = await _conference(session, authority, home.child, body)
    values = _values(body) | {"conference_id": conference_id, "source": said_by(session)}
    written = await write(
        session, ProtectionPlan, authority, reference, home.fixed, values, body.given(if_match)
    )
    if written.changed:
        plan = written.record
        await check_alone(session, plan)
        histories, births = home.homes.histories(), home.homes.births
        events = happenings(plan, written.before)
        await tell(session, door, told(plan, home.child), histories, events, births)
    return written


async def end_plan(
    session: AsyncSession, door: Door, authority: str, reference: str, body: EndBody, if_match: str | None
) -> ProtectionPlan:
    """The child comes off the plan. Raises NotFound, TransitionRefused, or Contradiction for the date."""
    plan, child = await _locked(session, authority, reference)
    plan.must_stand()
    check_version_if_sent(if_match, plan.version)
    day_not_in_the_future(door, "ended_on", body.ended_on)
    plan.end(body.ended_on, body.end_reason)
    check_end(plan.started_on, body.ended_on)
    await session.flush()
    events = happenings(plan, {"started_on": plan.started_on})
    await tell(session, door, told(plan, child), [plan.history_id], events)
    return plan


async def withdraw_plan(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> ProtectionPlan:
    """The child was not on this plan. Raises NotFound, TransitionRefused."""
    if await find(session, ProtectionPlan, authority, reference) is None:
        await to_withdraw(session, ProtectionPlan, authority, reference, body)
    plan, child = await _locked(session, authority, reference)
    histories, given = [plan.history_id], body.given(if_match)
    await withdraw(session, door, told(plan, child), plan.child_id, histories, body.because, given)
    return plan


async def _locked(session: AsyncSession, authority: str, reference: str) -> tuple[ProtectionPlan, Child]:
    """The plan and its child, the child first: nobody corrects the birth meanwhile."""
    seen = await get(session, ProtectionPlan, authority, reference)
    child = await get(session, Child, authority, str(seen.child_id), lock=True)
    session.expire(seen)
    return await get(session, ProtectionPlan, authority, reference, lock=True), child


def _values(body: PlanBody) -> dict[str, Any]:
    values = body.values("child", "conference")
    values["latest_category"] = body.latest_category or body.initial_category
    values["status"] = PlanStatus.RUNNING if body.ended_on is None else PlanStatus.ENDED
    return values


async def _conference(session: AsyncSession, authority: str, child: Child, body: PlanBody) -> UUID | None:
    if body.conference is None:
        return None
    conference = await get_standing(session, Conference, authority, body.conference, "/conference")
    await load_places(session, authority, [conference])
    if child.id not in {place.child_id for place in conference.places}:
        raise Contradiction("This conference was about other children.", pointer="/conference")
    if conference.held_on is None:
        raise Contradiction("A conference that was not held makes no plan.", pointer="/conference")
    return conference.id


def happenings(plan: ProtectionPlan, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed in the plan, in the past tense."""
    named: dict[str, Any] = {"subject_id": plan.id, "child_id": plan.child_id}
    if plan.started_on != before.get("started_on"):
        yield PlanStarted(
            **named, occasion=new_id(), started_on=plan.started_on, category=plan.initial_category
        )
    if plan.ended_on is not None and plan.ended_on != before.get("ended_on"):
        yield PlanEnded(**named, occasion=new_id(), ended_on=plan.ended_on)
