"""Looked-after reviews: scheduled, held, cancelled."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.record import get as get_record
from services.reviews_api.reviews.actions import cancel_review, hold_review, put_review, withdraw_review
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.queries import held_view
from services.reviews_api.reviews.schemas import CancelBody, HeldView, HoldBody, ReviewBody, ReviewView
from services.reviews_api.sourced import WithdrawalBody
from shared.http.fields import Reference
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
    """Upsert by your own reference. With `held_on` it was held; changing that date corrects the deadlines."""
    written = await put_review(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return ReviewView.model_validate(written.record)


@router.get("/{reference}", summary="A review", responses=problem_responses(404, 422))
async def get(reference: ReviewReference, response: Response, session: Session, who: Caller) -> ReviewView:
    """One review, with its version as the ETag."""
    review = await get_record(session, Review, who.authority, reference)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post(
    "/{reference}/hold",
    summary="Record that a review was held",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def hold(
    reference: ReviewReference,
    body: HoldBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> HeldView:
    """Meets the deadline it was for, starts the next, and answers with what is now due."""
    review = await hold_review(session, door, who.authority, reference, body, if_match)
    mark(response, review.version)
    return await held_view(session, review)


@router.post(
    "/{reference}/cancel",
    summary="Record that a planned review will not be held",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
)
async def cancel(
    reference: ReviewReference,
    body: CancelBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """Cancels the meeting, and moves no deadline: the child is still owed a review."""
    review = await cancel_review(session, door, who.authority, reference, body, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a review was a mistake",
    responses=problem_responses(404, 409, 412, 413, 415, 422),
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
