"""Supervisions: the officer's own, with their manager or with other officers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.supervisions import queries
from services.reviews_api.supervisions.actions import put_supervision, withdraw_supervision
from services.reviews_api.supervisions.models import Supervision
from services.reviews_api.supervisions.schemas import SupervisionBody, SupervisionList, SupervisionView
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/supervisions", tags=["supervisions"], route_class=TransactionalRoute)
SupervisionReference = Annotated[
    Reference, Path(description="Your own reference of the supervision, or our id.")
]
OfOfficer = Annotated[Reference | None, Query(description="The officer's reference as a worker.")]


@router.put(
    "/{reference}",
    summary="Record a supervision, or replace its record",
    responses=created(SupervisionView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: SupervisionReference,
    body: SupervisionBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> SupervisionView:
    """One to one, it meets what the officer was due and starts the clock of the next; other forms are kept, and move no
    date."""
    written = await put_supervision(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return SupervisionView.model_validate(written.record)


@router.get("", summary="List supervisions", responses=problem_responses(404, 422))
async def list_supervisions(
    request: Request,
    session: Session,
    who: Caller,
    officer: OfOfficer = None,
    after: After = None,
    limit: Limit = 50,
) -> SupervisionList:
    """Of one officer or of all, in the order in which they were first told. `next` is the address of what follows."""
    found = await queries.stretch(session, who.authority, officer, after, limit + 1)
    return SupervisionList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A supervision", responses=problem_responses(404, 422))
async def get(
    reference: SupervisionReference, response: Response, session: Session, who: Caller
) -> SupervisionView:
    """One supervision, with its version as the ETag."""
    record = await get_record(session, Supervision, who.authority, reference)
    mark(response, record.version)
    return SupervisionView.model_validate(record)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a supervision was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: SupervisionReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> SupervisionView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    record = await withdraw_supervision(session, door, who.authority, reference, body, if_match)
    mark(response, record.version)
    return SupervisionView.model_validate(record)
