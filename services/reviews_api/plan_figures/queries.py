"""Counting child protection plans."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.plan_figures.schemas import (
    EndedFigures,
    PlanFigures,
    RunningFigures,
    StartedFigures,
)
from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.protection_plans.queries import earlier_plans
from shared.http.percentages import percent
from shared.refusals import Contradiction
from shared.timescales.periods import corresponding_date


async def plan_figures(session: AsyncSession, authority: str, first: date, last: date) -> PlanFigures:
    """The figures of the plans between two London dates. Raises Contradiction for dates out of order."""
    if last < first:
        raise Contradiction("The last day comes before the first.", code="out_of_order", pointer="/to")
    plans = await _plans(session, authority, first, last)
    started = [plan for plan in plans if plan.started_on >= first]
    before = await earlier_plans(session, authority, started)
    again = sum(before[plan.id] + plan.previous_plans_elsewhere > 0 for plan in started)
    return PlanFigures(
        from_on=first,
        to_on=last,
        started=StartedFigures(
            count=len(started),
            subsequent=again,
            subsequent_percent=percent(again, len(started)),
            by_category=_counted(plan.initial_category for plan in started),
        ),
        ended=_ended([plan for plan in plans if plan.ended_on is not None and plan.ended_on <= last]),
        running=_running([plan for plan in plans if plan.ended_on is None or plan.ended_on > last], last),
    )


def length(started_on: date, until: date) -> str:
    """The band of a length, as the Department for Education publishes them."""
    if until <= corresponding_date(started_on, 3):
        return "up_to_3_months"
    if until <= corresponding_date(started_on, 6):
        return "over_3_up_to_6_months"
    if until < corresponding_date(started_on, 12):
        return "over_6_under_12_months"
    return "1_under_2_years" if until < corresponding_date(started_on, 24) else "2_years_or_more"


def _ended(plans: Sequence[ProtectionPlan]) -> EndedFigures:
    return EndedFigures(
        count=len(plans),
        by_length=_counted(length(plan.started_on, plan.ended_on) for plan in plans if plan.ended_on),
        by_reason=_counted(plan.end_reason or "not_given" for plan in plans),
    )


def _running(plans: Sequence[ProtectionPlan], on: date) -> RunningFigures:
    return RunningFigures(
        on=on,
        count=len(plans),
        by_category=_counted(plan.latest_category for plan in plans),
        by_length=_counted(length(plan.started_on, on) for plan in plans),
    )


def _counted(codes: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(codes).items()))


async def _plans(session: AsyncSession, authority: str, first: date, last: date) -> Sequence[ProtectionPlan]:
    """Those that stand and ran at any time between the two days."""
    ran_then = or_(ProtectionPlan.ended_on.is_(None), ProtectionPlan.ended_on >= first)
    found = await session.scalars(
        select(ProtectionPlan)
        .where(ProtectionPlan.authority_id == authority, ProtectionPlan.withdrawn_at.is_(None))
        .where(ProtectionPlan.started_on <= last, ran_then)
        .order_by(ProtectionPlan.id)
    )
    return found.all()
