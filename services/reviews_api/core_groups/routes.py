"""Core groups: the people who carry a child protection plan out."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.core_groups.actions import put_core_group, withdraw_core_group
from services.reviews_api.core_groups.models import CoreGroup
from services.reviews_api.core_groups.schemas import CoreGroupBody, CoreGroupView
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/core_groups", tags=["core_groups"], route_class=TransactionalRoute)
GroupReference = Annotated[Reference, Path(description="Your own reference of the core group, or our id.")]


@router.put(
    "/{reference}",
    summary="Record a core group, or replace its record",
    responses=created(CoreGroupView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: GroupReference,
    body: CoreGroupBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> CoreGroupView:
    """Meets the deadline that it was for, and starts the next."""
    written = await put_core_group(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return CoreGroupView.model_validate(written.record)


@router.get("/{reference}", summary="A core group", responses=problem_responses(404, 422))
async def get(reference: GroupReference, response: Response, session: Session, who: Caller) -> CoreGroupView:
    """One core group, with its version as the ETag."""
    found = await get_record(session, CoreGroup, who.authority, reference)
    mark(response, found.version)
    return CoreGroupView.model_validate(found)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a core group was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: GroupReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> CoreGroupView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    found = await withdraw_core_group(session, door, who.authority, reference, body, if_match)
    mark(response, found.version)
    return CoreGroupView.model_validate(found)
