"""Visits to children and other contacts: by whom, how, and whether the child was seen."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.lists import Asked, FirstDay, LastDay, OfChild, newest_first
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.visits.actions import put_visit, withdraw_visit
from services.reviews_api.visits.models import Visit
from services.reviews_api.visits.schemas import ByRole, OfKind, VisitBody, VisitList, VisitView
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/visits", tags=["visits"], route_class=TransactionalRoute)
VisitReference = Annotated[Reference, Path(description="Your own reference of the visit, or our id.")]


@router.put(
    "/{reference}",
    summary="Record a visit, or replace its record",
    responses=created(VisitView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: VisitReference,
    body: VisitBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> VisitView:
    """A social worker's visit meets the visiting deadline and starts the next; an IRO's is an event of its own."""
    written = await put_visit(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return VisitView.model_validate(written.record)


@router.get("", summary="List visits and other contacts", responses=problem_responses(404, 422))
async def list_visits(
    request: Request,
    session: Session,
    who: Caller,
    child: OfChild = None,
    role: ByRole = None,
    kind: OfKind = None,
    first: FirstDay = None,
    last: LastDay = None,
    after: After = None,
    limit: Limit = 50,
) -> VisitList:
    """All but those withdrawn, the newest first: with `child`, `role=iro` and `limit=1`, the child's last contact
    with their IRO, and with `kind=visit` the last visit. `next` is the address of what follows."""
    asked = Asked(child, first, last, after, limit + 1)
    where = [Visit.role == role] if role else []
    where += [Visit.kind == kind] if kind else []
    found = await newest_first(session, who.authority, Visit, Visit.visited_on, asked, *where)
    items = [VisitView.model_validate(each) for each in found[:limit]]
    return VisitList(items=items, next=next_address(request, found, limit))


@router.get("/{reference}", summary="A visit", responses=problem_responses(404, 422))
async def get(reference: VisitReference, response: Response, session: Session, who: Caller) -> VisitView:
    """One visit, with its version as the ETag."""
    record = await get_record(session, Visit, who.authority, reference)
    mark(response, record.version)
    return VisitView.model_validate(record)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a visit was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: VisitReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> VisitView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    record = await withdraw_visit(session, door, who.authority, reference, body, if_match)
    mark(response, record.version)
    return VisitView.model_validate(record)
