"""A child's record and page."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.children.actions import put_child, withdraw_child
from services.reviews_api.children.queries import child_page, stretch
from services.reviews_api.children.schemas import (
    ChildBody,
    ChildList,
    ChildPage,
    ChildView,
    OfFamily,
    OfSocialWorker,
    OfTeam,
)
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/children", tags=["children"], route_class=TransactionalRoute)
ChildReference = Annotated[
    Reference, Path(description="The case system's reference of the child, or our id.")
]


@router.put(
    "/{reference}",
    summary="Create or replace a child's record",
    responses=created(ChildView) | problem_responses(409, 412, 413, 415, 422, 428),
)
async def put(
    reference: ChildReference,
    body: ChildBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ChildView:
    """Upsert by your own reference. The same content again changes nothing and emits nothing."""
    written = await put_child(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return ChildView.model_validate(written.record)


@router.get("", summary="List children", responses=problem_responses(422))
async def list_children(
    request: Request,
    session: Session,
    who: Caller,
    family: OfFamily = None,
    team: OfTeam = None,
    social_worker: OfSocialWorker = None,
    after: After = None,
    limit: Limit = 50,
) -> ChildList:
    """The children of a family, a team or a social worker, in the order in which they were first recorded. `next` is
    the address of what follows."""
    found = await stretch(session, who, family, team, social_worker, after, limit + 1)
    return ChildList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A child's page", responses=problem_responses(404, 422))
async def get(
    reference: ChildReference, response: Response, session: Session, who: Caller, door: AtDoor
) -> ChildPage:
    """Periods of care, placements, legal statuses, facts in order, and every deadline with the reason for its date. A
    record that was merged answers with the child it was merged into, and says so in `merged_into`."""
    page = await child_page(session, door, who, reference)
    mark(response, page.version)
    return page


@router.post(
    "/{reference}/withdraw",
    summary="Say that a child's record was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: ChildReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ChildView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    child = await withdraw_child(session, door, who.authority, reference, body, if_match)
    mark(response, child.version)
    return ChildView.model_validate(child)
