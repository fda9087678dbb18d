"""Allocations: which officer is responsible for which child, from when to when."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.allocations.actions import put_allocation, withdraw_allocation
from services.reviews_api.allocations.models import Allocation
from services.reviews_api.allocations.schemas import AllocationBody, AllocationView
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WithdrawalBody
from shared.http.fields import Reference
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/allocations", tags=["allocations"], route_class=TransactionalRoute)
AllocationReference = Annotated[
    Reference, Path(description="Your own reference of the allocation, or our id.")
]


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
    """Stops the clocks for naming an officer. End one with `ended_at`; a new officer is a new allocation."""
    written = await put_allocation(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return AllocationView.model_validate(written.record)


@router.get("/{reference}", summary="An allocation", responses=problem_responses(404, 422))
async def get(
    reference: AllocationReference, response: Response, session: Session, who: Caller
) -> AllocationView:
    """One allocation, with its version as the ETag."""
    allocation = await get_record(session, Allocation, who.authority, reference)
    mark(response, allocation.version)
    return AllocationView.model_validate(allocation)


@router.post(
    "/{reference}/withdraw",
    summary="Say that an allocation was a mistake",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
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
