"""Legal statuses: section 20, a care order, remand, and when each began."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.legal_statuses.actions import put_legal_status, withdraw_legal_status
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.legal_statuses.queries import stretch
from services.reviews_api.legal_statuses.schemas import (
    LegalStatusBody,
    LegalStatusList,
    LegalStatusView,
    OfPeriod,
    OfStatus,
)
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/legal_statuses", tags=["legal_statuses"], route_class=TransactionalRoute)
StatusReference = Annotated[Reference, Path(description="Your own reference of the legal status, or our id.")]


@router.put(
    "/{reference}",
    summary="Record a legal status, or replace its record",
    responses=created(LegalStatusView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: StatusReference,
    body: LegalStatusBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> LegalStatusView:
    """From this day on the rules for another legal status apply, such as those of remand."""
    written = await put_legal_status(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return LegalStatusView.model_validate(written.record)


@router.get("", summary="List legal statuses", responses=problem_responses(404, 422))
async def list_statuses(
    request: Request,
    session: Session,
    who: Caller,
    care_period: OfPeriod = None,
    status: OfStatus = None,
    after: After = None,
    limit: Limit = 50,
) -> LegalStatusList:
    """The legal statuses of a care period, or all of one code, in the order in which they were recorded. `next` is the
    address of what follows."""
    found = await stretch(session, who, care_period, status, after, limit + 1)
    return LegalStatusList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A legal status", responses=problem_responses(404, 422))
async def get(
    reference: StatusReference, response: Response, session: Session, who: Caller
) -> LegalStatusView:
    """One legal status, with its version as the ETag."""
    status = await get_record(session, LegalStatus, who.authority, reference)
    mark(response, status.version)
    return LegalStatusView.model_validate(status)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a legal status was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: StatusReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> LegalStatusView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    status = await withdraw_legal_status(session, door, who.authority, reference, body, if_match)
    mark(response, status.version)
    return LegalStatusView.model_validate(status)
