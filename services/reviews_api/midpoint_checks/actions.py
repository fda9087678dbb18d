"""Recording a midpoint check."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import must_cover, period_of
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.midpoint_checks.schemas import MidpointCheckBody
from services.reviews_api.record import find_to_put
from services.reviews_api.timeline import day_not_in_the_future, tell
from shared.db.base import new_id
from shared.events.language import Event, MidpointCheckCompleted
from shared.http.door import Door
from shared.http.versions import Saved
from shared.refusals import Contradiction


async def put_midpoint_check(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: MidpointCheckBody,
    if_match: str | None,
) -> tuple[MidpointCheck, Saved]:
    """Create or replace a midpoint check, and work out anew the deadline that it meets.

    Raises NotFound for an unknown care period, Contradiction for a date that cannot be.
    """
    period = await period_of(session, authority, body.care_period)
    day_not_in_the_future(door, "completed_on", body.completed_on)
    must_cover(period, body.completed_on, "completed_on")
    values = body.model_dump(exclude={"care_period"})
    check = await find_to_put(session, MidpointCheck, authority, reference)
    if check is None:
        check = _new(authority, reference, period, values)
        session.add(check)
        saved = Saved.CREATED
    else:
        if check.care_period_id != period.id:
            raise Contradiction("This check belongs to another care period.", pointer="/care_period")
        saved = check.change(values, if_match)
    if saved is not Saved.UNCHANGED:
        await session.flush()
        await tell(session, door, check, [period.id], happenings(check))
    return check, saved


def _new(authority: str, reference: str, period: CarePeriod, values: dict[str, Any]) -> MidpointCheck:
    return MidpointCheck(
        authority_id=authority,
        reference=reference,
        child_id=period.child_id,
        care_period_id=period.id,
        **values,
    )


def happenings(check: MidpointCheck) -> Iterator[Event]:
    """What was recorded, in the past tense."""
    yield MidpointCheckCompleted(
        subject_id=check.id,
        child_id=check.child_id,
        occasion=new_id(),
        completed_on=check.completed_on,
        finding=check.finding,
    )
