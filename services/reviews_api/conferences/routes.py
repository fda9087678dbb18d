"""Child protection conferences: one meeting, many children."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.conferences import queries
from services.reviews_api.conferences.actions import put_conference, withdraw_conference
from services.reviews_api.conferences.schemas import ConferenceBody, FromDay, OfChair, OfChild, OfType, ToDay
from services.reviews_api.conferences.views import ConferenceList, ConferenceView
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/conferences", tags=["conferences"], route_class=TransactionalRoute)
ConferenceReference = Annotated[
    Reference, Path(description="Your own reference of the conference, or our id.")
]


@router.put(
    "/{reference}",
    summary="Plan a conference, or replace its record",
    responses=created(ConferenceView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: ConferenceReference,
    body: ConferenceBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ConferenceView:
    """Upsert by your own reference, whole with its children. With `held_on` it was held; one that was held after the
    day on which it was owed to any of its children needs `late_reason`."""
    written = await put_conference(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return await queries.view(session, written.record)


@router.get("", summary="List conferences", responses=problem_responses(404, 422))
async def list_conferences(
    request: Request,
    session: Session,
    who: Caller,
    child: OfChild = None,
    chair: OfChair = None,
    conference_type: OfType = None,
    first: FromDay = None,
    last: ToDay = None,
    after: After = None,
    limit: Limit = 50,
) -> ConferenceList:
    """Those that stand, in the order in which they were first told. `next` is the address of what follows."""
    days = (first, last)
    found = await queries.stretch(
        session, who.authority, child, chair, conference_type, days, after, limit + 1
    )
    return ConferenceList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A conference", responses=problem_responses(404, 422))
async def get(
    reference: ConferenceReference, response: Response, session: Session, who: Caller
) -> ConferenceView:
    """One conference with its children, and when it was owed to each; with its version as the ETag."""
    conference = await queries.one(session, who.authority, reference)
    mark(response, conference.version)
    return conference


@router.post(
    "/{reference}/withdraw",
    summary="Say that a conference was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: ConferenceReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ConferenceView:
    """It is kept with the reason, and what it told is taken back for every child; a PUT brings it back."""
    conference = await withdraw_conference(session, door, who.authority, reference, body, if_match)
    mark(response, conference.version)
    return await queries.view(session, conference)
