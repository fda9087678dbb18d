"""The calendar of working days, and the days that a council adds to it."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.scheduler.calendar.actions import add_day, withdraw_day
from services.scheduler.calendar.queries import calendar_page
from services.scheduler.calendar.schemas import CalendarPage, DayView, NewDay, Withdrawal
from shared.deadlines.models import CalendarDay
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses
from shared.http.versions import Saved

router = APIRouter(prefix="/v1/calendar", tags=["calendar"], route_class=TransactionalRoute)


async def _proclaimed(request: Request) -> asyncio.Event:
    bell: asyncio.Event = request.app.state.proclaimed
    return bell


Bell = Annotated[asyncio.Event, Depends(_proclaimed)]
"""Wakes what follows the calendar; it then waits until this is committed."""

ADDED_BEFORE: dict[int | str, dict[str, Any]] = {200: {"model": DayView, "description": "Added before"}}


@router.get("", summary="Which days are off")
async def get(session: Session, who: Caller, door: AtDoor) -> CalendarPage:
    """England's calendar by its version, and the council's own days, also those that were taken back."""
    return await calendar_page(session, who.authority, door.law)


@router.post(
    "/days",
    status_code=201,
    summary="Add a bank holiday",
    response_model=DayView,
    responses=ADDED_BEFORE | problem_responses(409, 413, 415, 422),
)
async def post_day(
    body: NewDay, response: Response, session: Session, who: Caller, door: AtDoor, bell: Bell
) -> CalendarDay:
    """What runs follows within a minute, and each deadline that moves says `deadline.moved`; what has closed stays.
    The same day again changes nothing and answers 200."""
    day, saved = await add_day(session, door, who, body)
    if saved is Saved.UNCHANGED:
        response.status_code = 200
    bell.set()
    return day


@router.post(
    "/days/{day_id}/withdraw",
    summary="Take a bank holiday back",
    response_model=DayView,
    responses=problem_responses(404, 409, 413, 415, 422),
)
async def withdraw(
    day_id: UUID, body: Withdrawal, session: Session, who: Caller, door: AtDoor, bell: Bell
) -> CalendarDay:
    """What runs moves back; what closed while the day counted keeps its date. Again, it changes nothing."""
    day = await withdraw_day(session, door, who, day_id, body.because)
    bell.set()
    return day
