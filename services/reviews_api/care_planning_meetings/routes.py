"""Care planning meetings: those who plan a child's care, between reviews."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.care_planning_meetings.actions import put_meeting, withdraw_meeting
from services.reviews_api.care_planning_meetings.models import CarePlanningMeeting
from services.reviews_api.care_planning_meetings.schemas import (
    CarePlanningMeetingBody,
    CarePlanningMeetingList,
    CarePlanningMeetingView,
)
from services.reviews_api.lists import Asked, FirstDay, LastDay, OfChild, newest_first
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(
    prefix="/v1/care_planning_meetings", tags=["care_planning_meetings"], route_class=TransactionalRoute
)
MeetingReference = Annotated[
    Reference, Path(description="Your own reference of the care planning meeting, or our id.")
]


@router.put(
    "/{reference}",
    summary="Record a care planning meeting, or replace its record",
    responses=created(CarePlanningMeetingView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: MeetingReference,
    body: CarePlanningMeetingBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> CarePlanningMeetingView:
    """Says whether its decisions and minutes are on record, and when the care plan followed it, if it did."""
    written = await put_meeting(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return CarePlanningMeetingView.model_validate(written.record)


@router.get("", summary="List care planning meetings", responses=problem_responses(404, 422))
async def list_care_planning_meetings(
    request: Request,
    session: Session,
    who: Caller,
    child: OfChild = None,
    first: FirstDay = None,
    last: LastDay = None,
    after: After = None,
    limit: Limit = 50,
) -> CarePlanningMeetingList:
    """All but those withdrawn, the newest first. `next` is the address of what follows."""
    asked = Asked(child, first, last, after, limit + 1)
    found = await newest_first(
        session, who.authority, CarePlanningMeeting, CarePlanningMeeting.held_on, asked
    )
    items = [CarePlanningMeetingView.model_validate(each) for each in found[:limit]]
    return CarePlanningMeetingList(items=items, next=next_address(request, found, limit))


@router.get("/{reference}", summary="A care planning meeting", responses=problem_responses(404, 422))
async def get(
    reference: MeetingReference, response: Response, session: Session, who: Caller
) -> CarePlanningMeetingView:
    """One care planning meeting, with its version as the ETag."""
    record = await get_record(session, CarePlanningMeeting, who.authority, reference)
    mark(response, record.version)
    return CarePlanningMeetingView.model_validate(record)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a care planning meeting was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: MeetingReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> CarePlanningMeetingView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    record = await withdraw_meeting(session, door, who.authority, reference, body, if_match)
    mark(response, record.version)
    return CarePlanningMeetingView.model_validate(record)
