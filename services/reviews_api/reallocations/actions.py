"""Giving an officer's children to others, all in one transaction."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.actions import allocated, ended
from services.reviews_api.allocations.models import Allocation, AllocationRole
from services.reviews_api.allocations.queries import families_of, standing_of
from services.reviews_api.allocations.rules import check_cover, check_officer
from services.reviews_api.conflicts.queries import conflicts_of
from services.reviews_api.reallocations.plan import Plan, Step, plan_of, shares_of
from services.reviews_api.reallocations.queries import held_by
from services.reviews_api.reallocations.schemas import ReallocationBody, ReallocationView
from services.reviews_api.record import Given, write
from services.reviews_api.timeline import not_in_the_future, tell
from shared.db.base import new_id
from shared.events.language import Event
from shared.events.workforce_events import CaseloadReallocated
from shared.http.door import Door

END_REASONS = {"new_in_care": None, "new_to_service": None}
"""What an end cannot be for; every other reason for an allocation is one for the end of the one before."""


async def reallocate(
    session: AsyncSession, door: Door, authority: str, body: ReallocationBody
) -> ReallocationView:
    """End the officer's allocations at one instant and begin the others'. What the rules refuse stays as it was.

    Raises Contradiction for an instant to come, for children who are not the officer's, and for an officer who is
    not in post or may be none.
    """
    not_in_the_future(door, "at", body.at)
    check_cover(body.reason, body.until_on, body.at)
    shares = shares_of(body)
    for share in shares:
        await check_officer(session, authority, share.officer, body.at, "/to")
    now = door.clock.now()
    held = await held_by(session, authority, body.from_officer, body.role, body.at, now)
    plan = plan_of(shares, held)
    await _heed_rules(session, authority, plan, body, now)
    for step in plan.steps:
        await _take(session, authority, step, body)
    await _tell(session, door, authority, plan, body)
    return plan.view(body, len(held))


async def _heed_rules(
    session: AsyncSession, authority: str, plan: Plan, body: ReallocationBody, now: datetime
) -> None:
    children = [step.child_id for step in plan.steps]
    plan.heed_conflicts(await conflicts_of(session, authority, children))
    if body.role == AllocationRole.IRO and body.sibling_reason is None:
        families = (await families_of(session, authority, children)).values()
        members = {child for family in families for child in family}
        standing = await standing_of(session, authority, AllocationRole.IRO, members, now)
        plan.heed_siblings(families, {child: each.officer for child, each in standing.items()})


async def _take(session: AsyncSession, authority: str, step: Step, body: ReallocationBody) -> None:
    """End what the child had, and begin the new; named after both, so that a retry names it the same."""
    latest = step.held[0]
    for old in step.held:
        old.end(body.at, END_REASONS.get(body.reason, body.reason))
    await session.flush()
    fixed = {"care_period_id": latest.care_period_id, "child_id": latest.child_id, "role": latest.role}
    values = {
        "officer": step.officer,
        "allocated_at": body.at,
        "reason": body.reason,
        "sibling_reason": body.sibling_reason or latest.sibling_reason,
        "until_on": body.until_on,
        "ended_at": None,
        "end_reason": None,
    }
    reference = f"moved-{_name(latest.id, step.officer, body.at)}"
    written = await write(session, Allocation, authority, reference, fixed, values, Given("*"))
    step.new = written.record


def _name(old: UUID, officer: str, at: datetime) -> UUID:
    return uuid5(old, f"{officer} {at.isoformat()}")


async def _tell(
    session: AsyncSession, door: Door, authority: str, plan: Plan, body: ReallocationBody
) -> None:
    if not plan.steps:
        return
    new = [step.new for step in plan.steps if step.new is not None]
    histories = sorted({history for each in new for history in each.histories})
    events: list[Event] = [ended(old) for step in plan.steps for old in step.held]
    events += [allocated(each) for each in new]
    events.append(
        CaseloadReallocated(
            subject_id=new_id(),
            child_id=None,
            occasion=new_id(),
            officer=body.from_officer,
            role=body.role,
            reason=body.reason,
            at=body.at,
            moved=len(plan.steps),
            refused=len(plan.refused),
        )
    )
    await tell(session, door, new[0], histories, events, new[1:])
