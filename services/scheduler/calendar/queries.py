"""Reads the calendar."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.calendar.schemas import CalendarPage, DayView
from shared.deadlines.law import Law, law_in_force
from shared.deadlines.models import CalendarDay
from shared.refusals import NotFound


async def calendar_page(session: AsyncSession, authority: str, law: Law) -> CalendarPage:
    """The calendar that counts now, and every day that this council was told of, in the order of their dates."""
    calendar = (await law_in_force(session, authority, law)).calendar
    days = await session.scalars(
        select(CalendarDay)
        .where(CalendarDay.authority_id == authority)
        .order_by(CalendarDay.on, CalendarDay.id)
    )
    return CalendarPage(
        version=calendar.version,
        edition=calendar.edition,
        published_through=calendar.published_through,
        days=[DayView.model_validate(day) for day in days],
    )


async def standing_day(session: AsyncSession, authority: str, on: object) -> CalendarDay | None:
    """The day that was added on this London date and stands, if any."""
    standing: CalendarDay | None = await session.scalar(
        select(CalendarDay)
        .where(CalendarDay.authority_id == authority, CalendarDay.on == on)
        .where(CalendarDay.withdrawn_on.is_(None))
    )
    return standing


async def find_to_withdraw(session: AsyncSession, authority: str, id: UUID) -> CalendarDay:
    """One day, locked. Raises NotFound."""
    found = select(CalendarDay).where(CalendarDay.authority_id == authority, CalendarDay.id == id)
    locked = (await session.scalars(found.with_for_update())).one_or_none()
    if locked is None:
        raise NotFound("day of the calendar")
    return locked
