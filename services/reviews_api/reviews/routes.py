"""Looked-after reviews: put on record, found, and taken back."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.record import get as get_record
from services.reviews_api.reviews import queries
from services.reviews_api.reviews.actions import put_review, withdraw_review
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.schemas import (
    HeldFrom,
    HeldTo,
    OfChild,
    OfPeriod,
    OfStatus,
    ReviewBody,
    ReviewList,
    ReviewView,
)
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/reviews", tags=["reviews"], route_class=TransactionalRoute)
ReviewReference = Annotated[Reference, Path(description="Your own reference of the review, or our id.")]


@router.put(
    "/{reference}",
    summary="Schedule a review, or replace its record",
    responses=created(ReviewView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: ReviewReference,
    body: ReviewBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """Upsert by your own reference, with all that the case system holds of the review. With `held_on` it was held, with
    `meetings` it is a series; changing or leaving out a date corrects the deadlines. Only the case system puts off or
    cancels a review in this way, and tells who approved that; others use the verbs."""
    written = await put_review(session, door, who, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return ReviewView.model_validate(written.record)


@router.get("", summary="List reviews", responses=problem_responses(404, 422))
async def list_reviews(
    request: Request,
    session: Session,
    who: Caller,
    child: OfChild = None,
    care_period: OfPeriod = None,
    status: OfStatus = None,
    held_from: HeldFrom = None,
    held_to: HeldTo = None,
    after: After = None,
    limit: Limit = 50,
) -> ReviewList:
    """Reviews in the order in which they were first put, without those that were withdrawn. `next` is the address of
    what follows."""
    asked = queries.Asked(child, care_period, status, held_from, held_to)
    found = await queries.stretch(session, who.authority, asked, after, limit + 1)
    return ReviewList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{reference}", summary="A review", responses=problem_responses(404, 422))
async def get(reference: ReviewReference, response: Response, session: Session, who: Caller) -> ReviewView:
    """One review, with its version as the ETag."""
    review = await get_record(session, Review, who.authority, reference)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a review was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: ReviewReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """It is kept with the reason, and what it told is taken back; a PUT brings it back."""
    review = await withdraw_review(session, door, who.authority, reference, body, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)
