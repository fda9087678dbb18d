"""Counting what was done between reviews."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, distinct, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.between_reviews.schemas import BetweenReviewsFigures, MidpointFigures
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_planning_meetings.models import CarePlanningMeeting
from services.reviews_api.midpoint_checks.findings import Finding
from services.reviews_api.midpoint_checks.models import OF_CHAIRS, OF_OFFICERS, MidpointCheck
from services.reviews_api.visits.models import Visit, VisitKind, VisitorRole
from shared.deadlines.models import DeadlineRow
from shared.refusals import Contradiction
from shared.timescales.engine import Outcome
from shared.timescales.periods import corresponding_date

MONTHS_OF_VISITS = 6


async def figures(session: AsyncSession, authority: str, first: date, last: date) -> BetweenReviewsFigures:
    """The figures of the period between these London dates, both included. Raises Contradiction where the first
    is after the last."""
    if first > last:
        raise Contradiction("The period begins after it ends.", pointer="/from")
    officers = MidpointCheck.care_period_id.is_not(None)
    return BetweenReviewsFigures(
        from_on=first,
        to_on=last,
        officers_checks=await _checks(session, authority, first, last, officers, OF_OFFICERS),
        chairs_checks=await _checks(session, authority, first, last, ~officers, OF_CHAIRS),
        children_in_care=await _number(session, _in_care(authority, last)),
        children_visited_by_iro=await _number(session, _visited(authority, last)),
        children_with_care_planning_meeting=await _number(session, _planned_for(authority, first, last)),
    )


async def _checks(
    session: AsyncSession, authority: str, first: date, last: date, whose: ColumnElement[bool], kind: str
) -> MidpointFigures:
    made = and_(
        MidpointCheck.authority_id == authority,
        MidpointCheck.withdrawn_at.is_(None),
        MidpointCheck.completed_on.between(first, last),
        whose,
    )
    drift = MidpointCheck.finding == Finding.DRIFT
    row = (await session.execute(select(func.count(), func.count().filter(drift)).where(made))).one()
    met = await _met(session, authority, first, last, kind)
    return MidpointFigures(
        done=row[0],
        with_drift=row[1],
        in_time=met.get(Outcome.MET, 0),
        late=met.get(Outcome.MET_LATE, 0),
        drifted=await _drifted(session, made),
    )


async def _met(session: AsyncSession, authority: str, first: date, last: date, kind: str) -> dict[str, int]:
    """How many deadlines such checks met in the period, by outcome: whatever the council's own rows are called."""
    rows = await session.execute(
        select(DeadlineRow.outcome, func.count().label("number"))
        .where(DeadlineRow.authority_id == authority, DeadlineRow.closed_by == kind)
        .where(DeadlineRow.closed_on.between(first, last))
        .group_by(DeadlineRow.outcome)
    )
    return {row.outcome: row.number for row in rows}


async def _drifted(session: AsyncSession, made: ColumnElement[bool]) -> dict[str, int]:
    area = func.jsonb_array_elements_text(MidpointCheck.drifted).table_valued("value").lateral("area")
    rows = await session.execute(
        select(area.c.value, func.count().label("number"))
        .select_from(MidpointCheck)
        .join(area, MidpointCheck.authority_id.is_not(None))
        .where(made)
        .group_by(area.c.value)
        .order_by(area.c.value)
    )
    return {row.value: row.number for row in rows}


def _in_care(authority: str, day: date) -> Select[int]:
    """Children looked after at the end of a London date, each counted once."""
    return (
        select(func.count(distinct(CarePeriod.child_id)))
        .where(CarePeriod.authority_id == authority, CarePeriod.withdrawn_at.is_(None))
        .where(CarePeriod.started_on <= day)
        .where(or_(CarePeriod.ended_on.is_(None), CarePeriod.ended_on > day))
    )


def _visited(authority: str, last: date) -> Select[int]:
    """Of the children in care, those whom an IRO visited and saw in the six months to that day."""
    since = corresponding_date(last, -MONTHS_OF_VISITS)
    seen = (
        select(Visit.child_id)
        .where(Visit.authority_id == authority, Visit.withdrawn_at.is_(None), Visit.seen)
        .where(Visit.role == VisitorRole.IRO, Visit.kind == VisitKind.VISIT)
        .where(Visit.visited_on > since, Visit.visited_on <= last)
    )
    return _in_care(authority, last).where(CarePeriod.child_id.in_(seen))


def _planned_for(authority: str, first: date, last: date) -> Select[int]:
    """Of the children in care, those who had a care planning meeting in the period."""
    met = (
        select(CarePlanningMeeting.child_id)
        .where(CarePlanningMeeting.authority_id == authority, CarePlanningMeeting.withdrawn_at.is_(None))
        .where(CarePlanningMeeting.held_on.between(first, last))
    )
    return _in_care(authority, last).where(CarePeriod.child_id.in_(met))


async def _number(session: AsyncSession, query: Select[int]) -> int:
    return await session.scalar(query) or 0
