"""Writing a care period."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.schemas import CarePeriodBody
from services.reviews_api.children.births import birth
from services.reviews_api.children.models import Child
from services.reviews_api.record import find_to_put, get
from services.reviews_api.timeline import day_not_in_the_future, not_in_the_future, tell
from shared.db.base import new_id
from shared.deadlines.facts import open_history
from shared.events.language import CarePeriodEnded, CarePeriodStarted, Event
from shared.http.door import Door
from shared.http.versions import Saved
from shared.refusals import Contradiction
from shared.timescales.london import london_date

EARLIEST_NOTICE = timedelta(days=366)  # a planned admission is known in advance, and not for years


async def put_care_period(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: CarePeriodBody,
    if_match: str | None,
) -> tuple[CarePeriod, Saved]:
    """Create or replace a care period, and work its deadlines out anew.

    Raises NotFound for an unknown child, Contradiction for dates that cannot be.
    """
    check_dates(door, body)
    # Locked, so that the birth told with the period is not one that is being corrected meanwhile.
    child = await get(session, Child, authority, body.child, lock=True)
    values = body.model_dump(exclude={"child"})
    before: tuple[object, object] = (None, None)
    period = await find_to_put(session, CarePeriod, authority, reference)
    if period is None:
        period = CarePeriod(authority_id=authority, reference=reference, child_id=child.id, **values)
        session.add(period)
        await session.flush()
        await open_history(session, authority, period.id, "care_period", child.id)
        saved = Saved.CREATED
    else:
        if period.child_id != child.id:
            raise Contradiction("This care period belongs to another child.", pointer="/child")
        before = (period.started_on, period.ended_on)
        saved = period.change(values, if_match)
    if saved is not Saved.UNCHANGED:
        await session.flush()
        born = await birth(session, child)
        histories = sorted({period.id, *born.histories})
        await tell(session, door, period, histories, happenings(period, before), [born])
    return period, saved


def check_dates(door: Door, body: CarePeriodBody) -> None:
    """Raise Contradiction for a period that ends before it starts, or has an end or notice still to come.

    A start ahead of us is allowed: a planned admission is known before its day.
    """
    day_not_in_the_future(door, "ended_on", body.ended_on)
    not_in_the_future(door, "iro_notified_at", body.iro_notified_at)
    notice = body.iro_notified_at
    if notice is not None and london_date(notice) < body.started_on - EARLIEST_NOTICE:
        raise Contradiction(
            "The service was not told that long before care started.", pointer="/iro_notified_at"
        )
    if body.ended_on is not None and body.ended_on < body.started_on:
        raise Contradiction("Care cannot end before it starts.", pointer="/ended_on")


def happenings(period: CarePeriod, before: tuple[object, object]) -> Iterator[Event]:
    """What changed in the period, in the past tense."""
    started_before, ended_before = before
    named = {"subject_id": period.id, "child_id": period.child_id}
    if period.started_on != started_before:
        yield CarePeriodStarted(**named, occasion=new_id(), started_on=period.started_on)
    if period.ended_on is not None and period.ended_on != ended_before:
        yield CarePeriodEnded(**named, occasion=new_id(), ended_on=period.ended_on)
