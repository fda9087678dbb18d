"""Of whom a dip sample is drawn: all children who were in care on a day, or on a child protection plan."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.dip_samples.models import Population
from services.reviews_api.dip_samples.schemas import DipSampleBody
from shared.deadlines.models import FactRow
from shared.timescales.london import day_ends_at


async def population_of(session: AsyncSession, authority: str, body: DipSampleBody) -> set[UUID]:
    """The children that the sample is to be drawn of."""
    if body.population is Population.ON_PROTECTION_PLAN:
        return await on_plan_on(session, authority, body.drawn_on)
    return await in_care_on(session, authority, body.drawn_on, body.officer)


async def in_care_on(session: AsyncSession, authority: str, day: date, officer: str | None) -> set[UUID]:
    """The children in care on this London date; with `officer`, those whose officer that was as it ended."""
    query = select(CarePeriod.child_id).where(
        CarePeriod.authority_id == authority,
        CarePeriod.withdrawn_at.is_(None),
        CarePeriod.started_on <= day,
        or_(CarePeriod.ended_on.is_(None), CarePeriod.ended_on >= day),
    )
    if officer is not None:
        query = query.where(CarePeriod.id.in_(_periods_of(authority, day, officer)))
    return set(await session.scalars(query))


def _periods_of(authority: str, day: date, officer: str) -> Select[UUID | None]:
    ended = day_ends_at(day)
    return select(Allocation.care_period_id).where(
        Allocation.authority_id == authority,
        Allocation.officer == officer,
        Allocation.care_period_id.is_not(None),
        Allocation.withdrawn_at.is_(None),
        Allocation.allocated_at < ended,
        or_(Allocation.ended_at.is_(None), Allocation.ended_at >= ended),
    )


async def on_plan_on(session: AsyncSession, authority: str, day: date) -> set[UUID]:
    """The children subject to a child protection plan on this London date, its last day too."""
    ended = aliased(FactRow)
    over = exists().where(
        ended.authority_id == authority,
        ended.history_id == FactRow.history_id,
        ended.kind == "plan.ended",
        ended.withdrawn_at.is_(None),
        ended.happened_on > FactRow.happened_on,  # of one day, what ends comes before what begins
        ended.happened_on < day,
    )
    found = await session.scalars(
        select(FactRow.child_id)
        .where(FactRow.authority_id == authority, FactRow.kind == "plan.started")
        .where(FactRow.withdrawn_at.is_(None), FactRow.happened_on <= day, ~over)
    )
    return {child for child in found if child is not None}
