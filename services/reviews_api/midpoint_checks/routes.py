"""Midpoint checks: is the plan being carried out between reviews, or between conferences?"""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.lists import OfChild
from services.reviews_api.midpoint_checks import actions
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.midpoint_checks.queries import stretch, view
from services.reviews_api.midpoint_checks.schemas import (
    CancelBody,
    CompleteBody,
    MidpointCheckBody,
    MidpointCheckList,
    MidpointCheckView,
    OfOfficer,
    WithFinding,
    WithStatus,
)
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/midpoint_checks", tags=["midpoint_checks"], route_class=TransactionalRoute)
CheckReference = Annotated[Reference, Path(description="Your own reference of the check, or our id.")]
ON_A_STEP = problem_responses(404, 409, 412, 413, 415, 422)


@router.put(
    "/{reference}",
    summary="Plan or record a midpoint check, or replace its record",
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
    """With `completed_on` it was made, and meets the midpoint deadline between two reviews or conferences."""
    written = await actions.put_midpoint_check(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return await view(session, written.record)


@router.get("", summary="List midpoint checks", responses=problem_responses(404, 422))
async def list_midpoint_checks(
    request: Request,
    session: Session,
    who: Caller,
    child: OfChild = None,
    officer: OfOfficer = None,
    status: WithStatus = None,
    finding: WithFinding = None,
    after: After = None,
    limit: Limit = 50,
) -> MidpointCheckList:
    """All but those withdrawn, in the order in which they were first recorded. `next` is the address of what
    follows."""
    found = await stretch(session, who.authority, child, officer, status, finding, after, limit + 1)
    return MidpointCheckList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A midpoint check", responses=problem_responses(404, 422))
async def get(
    reference: CheckReference, response: Response, session: Session, who: Caller
) -> MidpointCheckView:
    """One midpoint check and what can be raised of it, with its version as the ETag."""
    check = await get_record(session, MidpointCheck, who.authority, reference)
    mark(response, check.version)
    return await view(session, check)


@router.post(
    "/{reference}/complete", summary="Record that a planned midpoint check was made", responses=ON_A_STEP
)
async def complete(
    reference: CheckReference,
    body: CompleteBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> MidpointCheckView:
    """Meets the midpoint deadline, and answers with what can be raised where something drifts."""
    check = await actions.complete_midpoint_check(session, door, who.authority, reference, body, if_match)
    mark(response, check.version)
    return await view(session, check)


@router.post(
    "/{reference}/cancel", summary="Record that a planned midpoint check was not made", responses=ON_A_STEP
)
async def cancel(
    reference: CheckReference,
    body: CancelBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> MidpointCheckView:
    """It was missed, or is not needed any more. Moves no deadline: a check is still owed."""
    check = await actions.cancel_midpoint_check(session, door, who.authority, reference, body, if_match)
    mark(response, check.version)
    return await view(session, check)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a midpoint check was a mistake",
    responses=WITHDRAWAL_KEPT | ON_A_STEP,
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
    check = await actions.withdraw_midpoint_check(session, door, who.authority, reference, body, if_match)
    mark(response, check.version)
    return await view(session, check)
