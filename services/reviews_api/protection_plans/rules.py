"""What a child protection plan must be like."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.protection_plans.schemas import PlanBody
from services.reviews_api.timeline import day_not_in_the_future
from shared.http.door import Door
from shared.refusals import Contradiction


def check(door: Door, body: PlanBody) -> None:
    """Raise Contradiction for days that cannot be, or a reason without an end."""
    day_not_in_the_future(door, "started_on", body.started_on)
    day_not_in_the_future(door, "ended_on", body.ended_on)
    if body.ended_on is not None:
        check_end(body.started_on, body.ended_on)
    if body.end_reason is not None and body.ended_on is None:
        raise Contradiction("Only a plan that has ended has a reason for it.", pointer="/end_reason")


def check_end(started_on: date, ended_on: date) -> None:
    """Raise Contradiction for a plan that would end on the day on which it starts, or before."""
    if ended_on <= started_on:
        raise Contradiction(
            "A plan ends after the day on which it starts.",
            code="ends_before_it_begins",
            pointer="/ended_on",
        )


async def check_alone(session: AsyncSession, plan: ProtectionPlan) -> None:
    """Raise Contradiction where the child is on another plan at the same time. One may start the day another ends."""
    ends_later = or_(ProtectionPlan.ended_on.is_(None), ProtectionPlan.ended_on > plan.started_on)
    query = (
        select(ProtectionPlan.id)
        .where(ProtectionPlan.authority_id == plan.authority_id, ProtectionPlan.child_id == plan.child_id)
        .where(ProtectionPlan.withdrawn_at.is_(None), ProtectionPlan.id != plan.id, ends_later)
        .limit(1)
    )
    if plan.ended_on is not None:
        query = query.where(ProtectionPlan.started_on < plan.ended_on)
    if await session.scalar(query) is not None:
        raise Contradiction(
            "The child is on another plan at that time: end that one first.",
            code="plans_overlap",
            pointer="/started_on",
        )
