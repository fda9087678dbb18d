"""Midpoint checks: is the plan being carried out between reviews?"""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.midpoint_checks.actions import put_midpoint_check, withdraw_midpoint_check
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.midpoint_checks.schemas import MidpointCheckBody, MidpointCheckView
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WithdrawalBody
from shared.http.fields import Reference
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/midpoint_checks", tags=["midpoint_checks"], route_class=TransactionalRoute)
CheckReference = Annotated[Reference, Path(description="Your own reference of the check, or our id.")]


@router.put(
    "/{reference}",
    summary="Record a midpoint check, or replace its record",
    responses=created(MidpointCheckView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: CheckReference,
    body: MidpointCheckBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> MidpointCheckView:
    """Meets the midpoint deadline between two reviews."""
    written = await put_midpoint_check(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return MidpointCheckView.model_validate(written.record)


@router.get("/{reference}", summary="A midpoint check", responses=problem_responses(404, 422))
async def get(
    reference: CheckReference, response: Response, session: Session, who: Caller
) -> MidpointCheckView:
    """One midpoint check, with its version as the ETag."""
    check = await get_record(session, MidpointCheck, who.authority, reference)
    mark(response, check.version)
    return MidpointCheckView.model_validate(check)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a midpoint check was a mistake",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: CheckReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> MidpointCheckView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    check = await withdraw_midpoint_check(session, door, who.authority, reference, body, if_match)
    mark(response, check.version)
    return MidpointCheckView.model_validate(check)
