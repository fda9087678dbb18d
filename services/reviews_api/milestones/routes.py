"""Milestones: health assessments, education plans, care plans and pathway plans that were completed."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.lists import Asked, FirstDay, LastDay, OfChild, newest_first
from services.reviews_api.milestones.actions import put_milestone, withdraw_milestone
from services.reviews_api.milestones.models import MilestoneRecord
from services.reviews_api.milestones.schemas import MilestoneBody, MilestoneList, MilestoneView, OfKind
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/milestones", tags=["milestones"], route_class=TransactionalRoute)
MilestoneReference = Annotated[Reference, Path(description="Your own reference of the milestone, or our id.")]


@router.put(
    "/{reference}",
    summary="Record a milestone, or replace its record",
    responses=created(MilestoneView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: MilestoneReference,
    body: MilestoneBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> MilestoneView:
    """A health assessment, education plan, care plan or pathway plan of this day meets its deadline."""
    written = await put_milestone(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return MilestoneView.model_validate(written.record)


@router.get("", summary="List milestones", responses=problem_responses(404, 422))
async def list_milestones(
    request: Request,
    session: Session,
    who: Caller,
    child: OfChild = None,
    kind: OfKind = None,
    first: FirstDay = None,
    last: LastDay = None,
    after: After = None,
    limit: Limit = 50,
) -> MilestoneList:
    """All but those withdrawn, the newest first. `next` is the address of what follows."""
    asked = Asked(child, first, last, after, limit + 1)
    where = [MilestoneRecord.kind == kind] if kind else []
    found = await newest_first(
        session, who.authority, MilestoneRecord, MilestoneRecord.completed_on, asked, *where
    )
    items = [MilestoneView.model_validate(each) for each in found[:limit]]
    return MilestoneList(items=items, next=next_address(request, found, limit))


@router.get("/{reference}", summary="A milestone", responses=problem_responses(404, 422))
async def get(
    reference: MilestoneReference, response: Response, session: Session, who: Caller
) -> MilestoneView:
    """One milestone, with its version as the ETag."""
    record = await get_record(session, MilestoneRecord, who.authority, reference)
    mark(response, record.version)
    return MilestoneView.model_validate(record)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a milestone was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: MilestoneReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> MilestoneView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    record = await withdraw_milestone(session, door, who.authority, reference, body, if_match)
    mark(response, record.version)
    return MilestoneView.model_validate(record)
