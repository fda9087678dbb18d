"""Pre-proceedings under the Public Law Outline, and the care proceedings that may follow."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.pre_proceedings.actions import put_pre_proceedings, withdraw_pre_proceedings
from services.reviews_api.pre_proceedings.models import PreProceedings
from services.reviews_api.pre_proceedings.schemas import PreProceedingsBody, PreProceedingsView
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/pre_proceedings", tags=["pre_proceedings"], route_class=TransactionalRoute)
RecordReference = Annotated[
    Reference, Path(description="Your own reference of the pre-proceedings, or our id.")
]


@router.put(
    "/{reference}",
    summary="Record pre-proceedings of a child, or replace their record",
    responses=created(PreProceedingsView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: RecordReference,
    body: PreProceedingsBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> PreProceedingsView:
    """Pre-proceedings last 16 weeks at most, care proceedings 26 (Children Act 1989 s32(1)(a))."""
    written = await put_pre_proceedings(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return PreProceedingsView.model_validate(written.record)


@router.get("/{reference}", summary="Pre-proceedings of a child", responses=problem_responses(404, 422))
async def get(
    reference: RecordReference, response: Response, session: Session, who: Caller
) -> PreProceedingsView:
    """One record of pre-proceedings, with its version as the ETag."""
    found = await get_record(session, PreProceedings, who.authority, reference)
    mark(response, found.version)
    return PreProceedingsView.model_validate(found)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a record of pre-proceedings was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: RecordReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> PreProceedingsView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    found = await withdraw_pre_proceedings(session, door, who.authority, reference, body, if_match)
    mark(response, found.version)
    return PreProceedingsView.model_validate(found)
