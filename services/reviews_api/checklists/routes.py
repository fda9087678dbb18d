"""Checklists that a council defines: what is asked at a child's review."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.access import ASSURANCE_READERS
from services.reviews_api.checklist_answers.figures import checklist_figures
from services.reviews_api.checklists.actions import put_checklist, withdraw_checklist
from services.reviews_api.checklists.models import Checklist
from services.reviews_api.checklists.queries import versions
from services.reviews_api.checklists.schemas import (
    ChecklistBody,
    ChecklistFigures,
    ChecklistList,
    ChecklistView,
    FromOn,
    ToOn,
    VersionList,
    VersionView,
)
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.stretches import stretch
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/checklists", tags=["checklists"], route_class=TransactionalRoute)
ChecklistReference = Annotated[Reference, Path(description="Your own reference of the checklist, or our id.")]


@router.put(
    "/{reference}",
    summary="Define a checklist, or change it",
    responses=created(ChecklistView) | problem_responses(412, 413, 415, 422, 428),
)
async def put(
    reference: ChecklistReference,
    body: ChecklistBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ChecklistView:
    """Every change is a new version; what was answered before stays as it was answered."""
    written = await put_checklist(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return ChecklistView.model_validate(written.record)


@router.get("", summary="List checklists", responses=problem_responses(422))
async def list_checklists(
    request: Request, session: Session, who: Caller, after: After = None, limit: Limit = 50
) -> ChecklistList:
    """In the order in which they were first defined, also those withdrawn. `next` is the address of what follows."""
    found = await stretch(session, Checklist, who.authority, after, limit + 1)
    items = [ChecklistView.model_validate(each) for each in found[:limit]]
    return ChecklistList(items=items, next=next_address(request, found, limit))


@router.get("/{reference}", summary="A checklist", responses=problem_responses(404, 422))
async def get(
    reference: ChecklistReference, response: Response, session: Session, who: Caller
) -> ChecklistView:
    """One checklist as it is asked now, with its version as the ETag."""
    checklist = await get_record(session, Checklist, who.authority, reference)
    mark(response, checklist.version)
    return ChecklistView.model_validate(checklist)


@router.get(
    "/{reference}/versions", summary="Every version of a checklist", responses=problem_responses(404, 422)
)
async def list_versions(reference: ChecklistReference, session: Session, who: Caller) -> VersionList:
    """What was asked when: an answer names the version that it was given to. The newest comes first."""
    checklist = await get_record(session, Checklist, who.authority, reference)
    found = await versions(session, who.authority, checklist.id)
    return VersionList(items=[VersionView.model_validate(each) for each in found])


@router.get(
    "/{reference}/figures", summary="How a checklist was answered", responses=problem_responses(404, 422)
)
async def get_figures(
    reference: ChecklistReference, session: Session, who: Caller, from_on: FromOn = None, to_on: ToOn = None
) -> ChecklistFigures:
    """The latest answer of each child, item by item; small numbers are kept back from those who see figures only."""
    checklist = await get_record(session, Checklist, who.authority, reference)
    sees_all = bool(who.roles & ASSURANCE_READERS)
    return await checklist_figures(session, checklist, (from_on, to_on), sees_all=sees_all)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a checklist was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: ChecklistReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ChecklistView:
    """It takes no more answers, and keeps those it has; a PUT brings it back."""
    checklist = await withdraw_checklist(session, door, who.authority, reference, body, if_match)
    mark(response, checklist.version)
    return ChecklistView.model_validate(checklist)
