"""Conflicts of interest: which officer may not be which child's."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.reviews_api.conflicts import queries
from services.reviews_api.conflicts.actions import put_conflict, withdraw_conflict
from services.reviews_api.conflicts.models import Conflict
from services.reviews_api.conflicts.schemas import ConflictBody, ConflictList, ConflictView
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/conflicts", tags=["conflicts"], route_class=TransactionalRoute)
ConflictReference = Annotated[Reference, Path(description="Your own reference of the conflict, or our id.")]
OfOfficer = Annotated[Reference | None, Query(description="Your reference of the officer.")]
OfChild = Annotated[Reference | None, Query(description="The child's reference.")]


@router.put(
    "/{reference}",
    summary="Declare a conflict of interest, or correct it",
    responses=created(ConflictView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: ConflictReference,
    body: ConflictBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ConflictView:
    """No allocation of this officer to this child is accepted from then on. Withdraw it when it is over."""
    written = await put_conflict(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return ConflictView.model_validate(written.record)


@router.get("", summary="List conflicts", responses=problem_responses(404, 422))
async def list_conflicts(
    request: Request,
    session: Session,
    who: Caller,
    officer: OfOfficer = None,
    child: OfChild = None,
    after: After = None,
    limit: Limit = 50,
) -> ConflictList:
    """Those that stand, by officer and by child, in the order in which they were declared. `next` is the address of
    what follows."""
    found = await queries.stretch(session, who.authority, officer, child, after, limit + 1)
    return ConflictList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A conflict", responses=problem_responses(404, 422))
async def get(
    reference: ConflictReference, response: Response, session: Session, who: Caller
) -> ConflictView:
    """One conflict, with its version as the ETag."""
    record = await get_record(session, Conflict, who.authority, reference)
    mark(response, record.version)
    return ConflictView.model_validate(record)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a conflict is over, or was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: ConflictReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ConflictView:
    """It is kept with the reason, and the officer may be allocated; a PUT brings it back."""
    record = await withdraw_conflict(session, door, who.authority, reference, body, if_match)
    mark(response, record.version)
    return ConflictView.model_validate(record)
