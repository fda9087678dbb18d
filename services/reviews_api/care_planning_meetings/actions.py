"""Recording a care planning meeting, and taking one back."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import must_cover, period_of
from services.reviews_api.care_planning_meetings.models import CarePlanningMeeting
from services.reviews_api.care_planning_meetings.schemas import CarePlanningMeetingBody
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.between_events import CarePlanningMeetingHeld
from shared.http.door import Door


async def put_meeting(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: CarePlanningMeetingBody,
    if_match: str | None,
) -> Written[CarePlanningMeeting]:
    """Create or replace a meeting; what it says of the care plan meets the plan's deadlines.

    Raises NotFound for an unknown care period, Contradiction for dates that cannot be.
    """
    period = await period_of(session, authority, body.care_period)
    check_dates(door, period, body)
    fixed = {"care_period_id": period.id, "child_id": period.child_id}
    values, given = body.values("care_period"), body.given(if_match)
    written = await write(session, CarePlanningMeeting, authority, reference, fixed, values, given)
    if written.changed:
        await tell(session, door, written.record, [period.id], [happening(written.record)])
    return written


async def withdraw_meeting(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> CarePlanningMeeting:
    """It did not take place, and what it said of the plan is taken back. Raises NotFound, TransitionRefused."""
    meeting = await to_withdraw(session, CarePlanningMeeting, authority, reference, body)
    histories, given = [meeting.care_period_id], body.given(if_match)
    await withdraw(session, door, meeting, meeting.child_id, histories, body.because, given)
    return meeting


def check_dates(door: Door, period: CarePeriod, body: CarePlanningMeetingBody) -> None:
    """Raise Contradiction for a meeting, or a plan, of a day still to come or outside the time of care. A care plan
    may have been completed before that began."""
    for field in ("held_on", "plan_completed_on", "plan_updated_on"):
        day = getattr(body, field)
        day_not_in_the_future(door, field, day)
        if day is not None and field != "plan_completed_on":
            must_cover(period, day, field)


def happening(meeting: CarePlanningMeeting) -> CarePlanningMeetingHeld:
    """What was recorded, in the past tense."""
    return CarePlanningMeetingHeld(
        subject_id=meeting.id,
        child_id=meeting.child_id,
        occasion=new_id(),
        held_on=meeting.held_on,
        decisions_recorded=meeting.decisions_recorded,
        minutes_on_record=meeting.minutes_on_record,
    )
