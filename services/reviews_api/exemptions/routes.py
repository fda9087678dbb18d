"""Exemptions: pauses, later dates and waivers, each for one deadline, with a reason and an approver."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.exemptions import queries
from services.reviews_api.exemptions.actions import put_exemption, withdraw_exemption
from services.reviews_api.exemptions.schemas import (
    ExemptionBody,
    ExemptionList,
    ExemptionView,
    ExemptionWithdrawal,
    GrantedFrom,
    GrantedTo,
    OfKind,
    OfTimescale,
)
from services.reviews_api.sourced import WITHDRAWAL_KEPT
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/exemptions", tags=["exemptions"], route_class=TransactionalRoute)
ExemptionReference = Annotated[Reference, Path(description="Your own reference of the exemption, or our id.")]


@router.put(
    "/{reference}",
    summary="Grant an exemption, or amend it",
    responses=created(ExemptionView) | problem_responses(404, 409, 412, 413, 415, 422, 428),
)
async def put(
    reference: ExemptionReference,
    body: ExemptionBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ExemptionView:
    """Only what the deadline's timescale allows, only before it is due, and never a sooner date. One that is amended
    is granted anew today, unless only the words of its reason change."""
    exemption, saved = await put_exemption(session, door, who, reference, body, if_match)
    mark(response, exemption.version, saved)
    return await queries.view(session, door, exemption)


@router.get("", summary="List exemptions", responses=problem_responses(422))
async def list_exemptions(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    timescale: OfTimescale = None,
    kind: OfKind = None,
    granted_from: GrantedFrom = None,
    granted_to: GrantedTo = None,
    after: After = None,
    limit: Limit = 50,
) -> ExemptionList:
    """For reports: every exemption with its reason, its approver and whether it had any effect, also those that were
    withdrawn, in the order in which they were first granted. `next` is the address of what follows."""
    granted = (granted_from, granted_to)
    found = await queries.stretch(session, door, who, timescale, kind, granted, after, limit + 1)
    return ExemptionList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="An exemption", responses=problem_responses(404, 422))
async def get(
    reference: ExemptionReference, response: Response, session: Session, who: Caller, door: AtDoor
) -> ExemptionView:
    """One exemption and what it comes to, with its version as the ETag."""
    exemption = await queries.one(session, door, who, reference)
    mark(response, exemption.version)
    return exemption


@router.post(
    "/{reference}/withdraw",
    summary="Take an exemption back",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: ExemptionReference,
    body: ExemptionWithdrawal,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ExemptionView:
    """The deadline is again what it would have been without it; that may be overdue."""
    exemption = await withdraw_exemption(session, door, who, reference, body, if_match)
    mark(response, exemption.version)
    return await queries.view(session, door, exemption)
