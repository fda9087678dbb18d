"""Placements: where a child in care lives, and which of them somebody should ask about."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.placements.actions import put_placement, withdraw_placement
from services.reviews_api.placements.models import Placement
from services.reviews_api.placements.queries import stretch
from services.reviews_api.placements.schemas import (
    OfTheme,
    OnDay,
    PlacementBody,
    PlacementList,
    PlacementView,
)
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.clock import today
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/placements", tags=["placements"], route_class=TransactionalRoute)
PlacementReference = Annotated[Reference, Path(description="Your own reference of the placement, or our id.")]


@router.put(
    "/{reference}",
    summary="Record a placement, or replace its record",
    responses=created(PlacementView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: PlacementReference,
    body: PlacementBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> PlacementView:
    """Starts the clocks of a placement (its plan, its notifications, the visits); with `ended_on`, ends them."""
    written = await put_placement(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return PlacementView.model_validate(written.record)


@router.get("", summary="List the placements of a day", responses=problem_responses(422))
async def list_placements(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    on: OnDay = None,
    theme: OfTheme = None,
    after: After = None,
    limit: Limit = 50,
) -> PlacementList:
    """Where children live on a day, all of them or by a theme: unregistered placements now, those at a distance last
    31 March. `next` is the address of what follows."""
    found = await stretch(session, who, on or today(door.clock), theme, after, limit + 1)
    return PlacementList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A placement", responses=problem_responses(404, 422))
async def get(
    reference: PlacementReference, response: Response, session: Session, who: Caller
) -> PlacementView:
    """One placement, with its version as the ETag."""
    placement = await get_record(session, Placement, who.authority, reference)
    mark(response, placement.version)
    return PlacementView.model_validate(placement)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a placement was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: PlacementReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> PlacementView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    placement = await withdraw_placement(session, door, who.authority, reference, body, if_match)
    mark(response, placement.version)
    return PlacementView.model_validate(placement)
