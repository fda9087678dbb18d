"""Recording a midpoint check, and taking one back."""

from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.queries import must_cover, period_of
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.midpoint_checks.schemas import MidpointCheckBody
from services.reviews_api.record import Written, get, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import withdraw
from shared.db.base import new_id
from shared.events.language import Event, MidpointCheckCompleted
from shared.http.door import Door


async def put_midpoint_check(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: MidpointCheckBody,
    if_match: str | None,
) -> Written[MidpointCheck]:
    """Create or replace a midpoint check, and work out anew the deadline that it meets.

    Raises NotFound for an unknown care period, Contradiction for a date that cannot be.
    """
    period = await period_of(session, authority, body.care_period)
    day_not_in_the_future(door, "completed_on", body.completed_on)
    must_cover(period, body.completed_on, "completed_on")
    fixed = {"care_period_id": period.id, "child_id": period.child_id}
    written = await write(
        session, MidpointCheck, authority, reference, fixed, body.values("care_period"), body.given(if_match)
    )
    if written.changed:
        await tell(session, door, written.record, [period.id], happenings(written.record))
    return written


async def withdraw_midpoint_check(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> MidpointCheck:
    """It was not so: the deadline that it met is open again. Raises NotFound, TransitionRefused."""
    check = await get(session, MidpointCheck, authority, reference, lock=True)
    histories = [check.care_period_id]
    await withdraw(session, door, check, check.child_id, histories, body.because, body.given(if_match))
    return check


def happenings(check: MidpointCheck) -> Iterator[Event]:
    """What was recorded, in the past tense."""
    yield MidpointCheckCompleted(
        subject_id=check.id,
        child_id=check.child_id,
        occasion=new_id(),
        completed_on=check.completed_on,
        finding=check.finding,
    )
