"""Decisions of reviews: made, carried out or not, carried over."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.decisions import queries
from services.reviews_api.decisions.actions import put_decision, take_step, withdraw_decision
from services.reviews_api.decisions.models import Decision
from services.reviews_api.decisions.schemas import (
    DecisionBody,
    DecisionList,
    DecisionView,
    DropBody,
    FinishBody,
    OfChild,
    OfOwner,
    OfReview,
    OfState,
    Overdue,
    ProgressView,
    StartBody,
)
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.clock import today
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1", tags=["decisions"], route_class=TransactionalRoute)
DecisionReference = Annotated[Reference, Path(description="Your own reference of the decision, or our id.")]
ReviewReference = Annotated[Reference, Path(description="Your own reference of the review, or our id.")]
ON_A_STEP = problem_responses(404, 409, 412, 413, 415, 422)


@router.put(
    "/decisions/{reference}",
    summary="Record a decision of a review, or replace its record",
    responses=created(DecisionView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: DecisionReference,
    body: DecisionBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DecisionView:
    """Upsert by your own reference. One that takes up a decision of an earlier review again names it in
    `carried_from`."""
    written = await put_decision(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return DecisionView.model_validate(written.record)


@router.get("/decisions", summary="List decisions", responses=problem_responses(404, 422))
async def list_decisions(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    child: OfChild = None,
    review: OfReview = None,
    owner: OfOwner = None,
    state: OfState = None,
    overdue: Overdue = None,
    after: After = None,
    limit: Limit = 50,
) -> DecisionList:
    """Decisions in the order in which they were first put, without those that were withdrawn. `next` is the address of
    what follows."""
    asked = queries.Asked(today(door.clock), child, review, owner, state, overdue)
    found = await queries.stretch(session, who.authority, asked, after, limit + 1)
    return DecisionList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/decisions/{reference}", summary="A decision", responses=problem_responses(404, 422))
async def get(
    reference: DecisionReference, response: Response, session: Session, who: Caller
) -> DecisionView:
    """One decision, with its version as the ETag."""
    decision = await get_record(session, Decision, who.authority, reference)
    mark(response, decision.version)
    return DecisionView.model_validate(decision)


@router.get(
    "/reviews/{reference}/progress",
    summary="What became of the decisions of the review before",
    responses=problem_responses(404, 422),
)
async def progress(reference: ReviewReference, session: Session, who: Caller) -> ProgressView:
    """Which decisions of the previous review of the care period are done, which are not, and how many of each."""
    return await queries.progress(session, who.authority, reference)


@router.post(
    "/decisions/{reference}/start",
    summary="Record that somebody began to carry a decision out",
    responses=ON_A_STEP,
)
async def start(
    reference: DecisionReference,
    body: StartBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DecisionView:
    """From then on it is in progress."""
    decision = await take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, decision.version)
    return DecisionView.model_validate(decision)


@router.post(
    "/decisions/{reference}/finish", summary="Record that a decision was carried out", responses=ON_A_STEP
)
async def finish(
    reference: DecisionReference,
    body: FinishBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DecisionView:
    """It is done, whether or not anybody said that it was started."""
    decision = await take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, decision.version)
    return DecisionView.model_validate(decision)


@router.post(
    "/decisions/{reference}/drop",
    summary="Record that a decision will not be carried out",
    responses=ON_A_STEP,
)
async def drop(
    reference: DecisionReference,
    body: DropBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DecisionView:
    """With the reason."""
    decision = await take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, decision.version)
    return DecisionView.model_validate(decision)


@router.post(
    "/decisions/{reference}/withdraw",
    summary="Say that a decision was a mistake",
    responses=WITHDRAWAL_KEPT | ON_A_STEP,
)
async def withdraw(
    reference: DecisionReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> DecisionView:
    """It is kept with the reason; a PUT brings it back."""
    decision = await withdraw_decision(session, door, who.authority, reference, body, if_match)
    mark(response, decision.version)
    return DecisionView.model_validate(decision)
