"""Allocations: which officer is responsible for which child, from when to when."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.reviews_api.allocations import queries
from services.reviews_api.allocations.actions import end_allocation, put_allocation, withdraw_allocation
from services.reviews_api.allocations.models import Allocation, AllocationRole
from services.reviews_api.allocations.schemas import AllocationBody, AllocationList, AllocationView, EndBody
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/allocations", tags=["allocations"], route_class=TransactionalRoute)
AllocationReference = Annotated[
    Reference, Path(description="Your own reference of the allocation, or our id.")
]
OfChild = Annotated[Reference | None, Query(description="The child's reference.")]
OfOfficer = Annotated[Reference | None, Query(description="Your reference of the officer.")]


@router.put(
    "/{reference}",
    summary="Allocate an officer, or change an allocation",
    responses=created(AllocationView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: AllocationReference,
    body: AllocationBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> AllocationView:
    """A reviewing officer's stops the clocks for naming one. End one with `ended_at`; a new officer is a new
    allocation. Brothers and sisters in care share their officer, unless `sibling_reason` says why not."""
    written = await put_allocation(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return AllocationView.model_validate(written.record)


@router.get("", summary="List allocations", responses=problem_responses(404, 422))
async def list_allocations(
    request: Request,
    session: Session,
    who: Caller,
    child: OfChild = None,
    officer: OfOfficer = None,
    role: AllocationRole | None = None,
    after: After = None,
    limit: Limit = 50,
) -> AllocationList:
    """Who has been responsible for a child, or for whom an officer has been, also those that ended, in the order in
    which they were first told. `next` is the address of what follows."""
    found = await queries.stretch(session, who.authority, child, officer, role, after, limit + 1)
    return AllocationList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="An allocation", responses=problem_responses(404, 422))
async def get(
    reference: AllocationReference, response: Response, session: Session, who: Caller
) -> AllocationView:
    """One allocation, with its version as the ETag."""
    allocation = await get_record(session, Allocation, who.authority, reference)
    mark(response, allocation.version)
    return AllocationView.model_validate(allocation)


@router.post(
    "/{reference}/end",
    summary="Record that an allocation ended",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def end(
    reference: AllocationReference,
    body: EndBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> AllocationView:
    """The officer is the child's no longer; the promise to name one stays kept."""
    allocation = await end_allocation(session, door, who.authority, reference, body, if_match)
    mark(response, allocation.version)
    return AllocationView.model_validate(allocation)


@router.post(
    "/{reference}/withdraw",
    summary="Say that an allocation was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: AllocationReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> AllocationView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    allocation = await withdraw_allocation(session, door, who.authority, reference, body, if_match)
    mark(response, allocation.version)
    return AllocationView.model_validate(allocation)
