"""Adding a day to the calendar, and taking it back."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.calendar.queries import find_to_withdraw, standing_day
from services.scheduler.calendar.rules import check_day
from services.scheduler.calendar.schemas import NewDay
from shared.auth.principal import Principal
from shared.clock import today
from shared.db.base import new_id
from shared.deadlines.law import law_in_force, lock_calendar
from shared.deadlines.models import CalendarDay
from shared.events.outbox import publish
from shared.events.record_events import CalendarChanged
from shared.http.door import Door
from shared.http.versions import Saved
from shared.refusals import TransitionRefused


async def add_day(
    session: AsyncSession, door: Door, who: Principal, body: NewDay
) -> tuple[CalendarDay, Saved]:
    """Add a day, known from today on; the same day again changes nothing and says nothing.

    Waits for everybody who is working dates out, and nobody begins until this has been committed. Raises
    TransitionRefused where the date is taken by another day, Contradiction for a day that cannot be.
    """
    await lock_calendar(session, who.authority)
    held = await standing_day(session, who.authority, body.on)
    if held is not None:
        return _same(held, body), Saved.UNCHANGED
    calendar = (await law_in_force(session, who.authority, door.law)).calendar
    check_day(body, calendar, today(door.clock))
    day = CalendarDay(
        authority_id=who.authority,
        id=new_id(),
        **body.model_dump(),
        known_from=today(door.clock),
        recorded_at=door.clock.now(),
        recorded_by=who.subject,
    )
    session.add(day)
    await session.flush()
    await _tell(session, door, day, "added")
    return day, Saved.CREATED


async def withdraw_day(
    session: AsyncSession, door: Door, who: Principal, id: UUID, because: str
) -> CalendarDay:
    """Take a day back from today on; what closed in between keeps it. Again, it changes nothing. Raises NotFound."""
    day = await find_to_withdraw(session, who.authority, id)  # before the calendar, as the mover locks them
    if day.withdrawn_on is not None:
        return day
    await lock_calendar(session, who.authority)
    day.withdrawn_on, day.withdrawn_because = today(door.clock), because
    day.moved_through = day.moved_at = None
    await session.flush()
    await _tell(session, door, day, "withdrawn")
    return day


def _same(held: CalendarDay, body: NewDay) -> CalendarDay:
    if any(getattr(held, name) != value for name, value in body.model_dump().items()):
        raise TransitionRefused(
            "Another bank holiday was added on this date: withdraw that one first.", code="already_there"
        )
    return held


async def _tell(session: AsyncSession, door: Door, day: CalendarDay, change: str) -> None:
    event = CalendarChanged(subject_id=day.id, child_id=None, occasion=new_id(), on=day.on, change=change)
    await publish(session, day.authority_id, [event], door.clock.now())
