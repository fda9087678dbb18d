"""Audits of children's cases: planned, done, and what was asked for done too."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.audits import queries
from services.reviews_api.audits.actions import close_actions, complete_audit, put_audit, withdraw_audit
from services.reviews_api.audits.models import Audit
from services.reviews_api.audits.schemas import (
    AuditBody,
    AuditList,
    AuditView,
    CloseActionsBody,
    CompleteBody,
    DoneFrom,
    DoneTo,
    DueBy,
    InState,
    OfChild,
    OfGrade,
    OfScope,
)
from services.reviews_api.children.models import Child
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.stretches import id_of, stretch
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/audits", tags=["audits"], route_class=TransactionalRoute)
AuditReference = Annotated[Reference, Path(description="Your own reference of the audit, or our id.")]


@router.put(
    "/{reference}",
    summary="Plan an audit, or replace its record",
    responses=created(AuditView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: AuditReference,
    body: AuditBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> AuditView:
    """Upsert by your own reference. With `done_on` it was done; its actions are marked done here."""
    written = await put_audit(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return AuditView.model_validate(written.record)


@router.get("", summary="List audits", responses=problem_responses(404, 422))
async def list_audits(
    request: Request,
    session: Session,
    who: Caller,
    child: OfChild = None,
    scope: OfScope = None,
    grade: OfGrade = None,
    state: InState = None,
    done_from: DoneFrom = None,
    done_to: DoneTo = None,
    action_due_by: DueBy = None,
    after: After = None,
    limit: Limit = 50,
) -> AuditList:
    """In the order in which they were first told, also those withdrawn. `next` is the address of what follows."""
    of = await id_of(session, Child, who.authority, child)
    wanted = queries.narrowed(of, scope, grade, state, (done_from, done_to), action_due_by)
    found = await stretch(session, Audit, who.authority, after, limit + 1, *wanted)
    items = [AuditView.model_validate(each) for each in found[:limit]]
    return AuditList(items=items, next=next_address(request, found, limit))


@router.get("/{reference}", summary="An audit", responses=problem_responses(404, 422))
async def get(reference: AuditReference, response: Response, session: Session, who: Caller) -> AuditView:
    """One audit, with its version as the ETag."""
    audit = await get_record(session, Audit, who.authority, reference)
    mark(response, audit.version)
    return AuditView.model_validate(audit)


@router.post(
    "/{reference}/complete",
    summary="Record that an audit was done",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def complete(
    reference: AuditReference,
    body: CompleteBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> AuditView:
    """The grade, what was found, and what is to be done about it by when."""
    audit = await complete_audit(session, door, who.authority, reference, body, if_match)
    mark(response, audit.version)
    return AuditView.model_validate(audit)


@router.post(
    "/{reference}/close_actions",
    summary="Record that nothing is left to do",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def close(
    reference: AuditReference,
    body: CloseActionsBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> AuditView:
    """Refused while an action is not done."""
    audit = await close_actions(session, door, who.authority, reference, body, if_match)
    mark(response, audit.version)
    return AuditView.model_validate(audit)


@router.post(
    "/{reference}/withdraw",
    summary="Say that an audit was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: AuditReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> AuditView:
    """It is kept with the reason; a PUT brings it back."""
    audit = await withdraw_audit(session, door, who.authority, reference, body, if_match)
    mark(response, audit.version)
    return AuditView.model_validate(audit)
