"""Recording a core group, and taking one back."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.core_groups.models import CoreGroup
from services.reviews_api.core_groups.schemas import CoreGroupBody
from services.reviews_api.histories.homes import PROTECTION, home_of_child
from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.record import Written, get_standing, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.language import Event
from shared.events.protection_events import CoreGroupHeld
from shared.http.door import Door
from shared.refusals import Contradiction


async def put_core_group(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: CoreGroupBody,
    if_match: str | None,
) -> Written[CoreGroup]:
    """Create or replace a core group: it meets the deadline that it was for, and starts the next.

    Raises NotFound for an unknown child or plan, Contradiction for a day that cannot be or another child's plan.
    """
    day_not_in_the_future(door, "held_on", body.held_on)
    home = await home_of_child(session, authority, body.child, PROTECTION)
    plan_id = await _plan(session, authority, home.child.id, body)
    values = {"held_on": body.held_on, "plan_id": plan_id}
    given = body.given(if_match)
    written = await write(session, CoreGroup, authority, reference, home.fixed, values, given)
    if written.changed:
        events = happenings(written.record, written.before)
        await tell(session, door, written.record, home.homes.histories(), events, home.homes.births)
    return written


async def withdraw_core_group(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> CoreGroup:
    """It did not meet: what it met is open again. Raises NotFound, TransitionRefused."""
    group = await to_withdraw(session, CoreGroup, authority, reference, body)
    await withdraw(
        session, door, group, group.child_id, [group.history_id], body.because, body.given(if_match)
    )
    return group


async def _plan(session: AsyncSession, authority: str, child: UUID, body: CoreGroupBody) -> UUID | None:
    if body.plan is None:
        return None
    plan = await get_standing(session, ProtectionPlan, authority, body.plan, "/plan")
    if plan.child_id != child:
        raise Contradiction("This plan is another child's.", pointer="/plan")
    if not plan.covers(body.held_on):
        raise Contradiction("The plan did not run on that day.", code="outside_plan", pointer="/held_on")
    return plan.id


def happenings(group: CoreGroup, before: Mapping[str, Any]) -> Iterator[Event]:
    """What was recorded, in the past tense."""
    if group.held_on != before.get("held_on"):
        yield CoreGroupHeld(
            subject_id=group.id, child_id=group.child_id, occasion=new_id(), held_on=group.held_on
        )
