"""What is done with a conference: held, postponed, cancelled."""

from fastapi import APIRouter, Response

from services.reviews_api.conferences.queries import view
from services.reviews_api.conferences.routes import ConferenceReference
from services.reviews_api.conferences.schemas import CancelBody, HoldBody, PostponeBody
from services.reviews_api.conferences.steps import cancel_conference, hold_conference, postpone_conference
from services.reviews_api.conferences.views import ConferenceView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/conferences", tags=["conferences"], route_class=TransactionalRoute)


@router.post(
    "/{reference}/hold",
    summary="Record that a conference was held",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def hold(
    reference: ConferenceReference,
    body: HoldBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ConferenceView:
    """Meets, for each child, the deadline it was for, and starts the next. Held late for any of them, it needs
    `late_reason`."""
    conference = await hold_conference(session, door, who.authority, reference, body, if_match)
    mark(response, conference.version)
    return await view(session, conference)


@router.post(
    "/{reference}/postpone",
    summary="Put a planned conference off",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def postpone(
    reference: ConferenceReference,
    body: PostponeBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ConferenceView:
    """Needs somebody's approval, and moves no deadline: the children are still owed it by the same day."""
    conference = await postpone_conference(session, door, who.authority, reference, body, if_match)
    mark(response, conference.version)
    return await view(session, conference)


@router.post(
    "/{reference}/cancel",
    summary="Record that a conference will not be held",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def cancel(
    reference: ConferenceReference,
    body: CancelBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ConferenceView:
    """Needs somebody's approval, and moves no deadline: the children are still owed it."""
    conference = await cancel_conference(session, door, who.authority, reference, body, if_match)
    mark(response, conference.version)
    return await view(session, conference)
