"""Child protection plans: one unbroken time on a plan each."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.protection_plans import queries
from services.reviews_api.protection_plans.actions import end_plan, put_plan, withdraw_plan
from services.reviews_api.protection_plans.schemas import (
    EndBody,
    LongerThan,
    OfCategory,
    OfChild,
    OnDay,
    PlanBody,
    PlanList,
    PlanView,
)
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/protection_plans", tags=["protection_plans"], route_class=TransactionalRoute)
PlanReference = Annotated[Reference, Path(description="Your own reference of the plan, or our id.")]


@router.put(
    "/{reference}",
    summary="Record a child protection plan, or replace its record",
    responses=created(PlanView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: PlanReference,
    body: PlanBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> PlanView:
    """Starts the clocks of core groups, visits and review conferences. A child is on one plan at a time."""
    written = await put_plan(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return await queries.view(session, door, written.record)


@router.get("", summary="List child protection plans", responses=problem_responses(404, 422))
async def list_plans(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    on: OnDay = None,
    category: OfCategory = None,
    child: OfChild = None,
    longer_than_months: LongerThan = None,
    after: After = None,
    limit: Limit = 50,
) -> PlanList:
    """Those that stand, in the order in which they were first told. `next` is the address of what follows."""
    found = await queries.stretch(
        session, door, who.authority, on, category, child, longer_than_months, after, limit + 1
    )
    return PlanList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A child protection plan", responses=problem_responses(404, 422))
async def get(
    reference: PlanReference, response: Response, session: Session, who: Caller, door: AtDoor
) -> PlanView:
    """How long it has run, which marks it has passed, and how many plans came before; with its version as the ETag."""
    plan = await queries.one(session, door, who.authority, reference)
    mark(response, plan.version)
    return plan


@router.post(
    "/{reference}/end",
    summary="Record that a child protection plan ended",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def end(
    reference: PlanReference,
    body: EndBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> PlanView:
    """Ends what was still owed under the plan."""
    plan = await end_plan(session, door, who.authority, reference, body, if_match)
    mark(response, plan.version)
    return await queries.view(session, door, plan)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a child protection plan was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: PlanReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> PlanView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    plan = await withdraw_plan(session, door, who.authority, reference, body, if_match)
    mark(response, plan.version)
    return await queries.view(session, door, plan)
