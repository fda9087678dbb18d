"""The steps of a review, each a verb: a step that its state does not allow is refused with what is possible."""

from fastapi import APIRouter, Response

from services.reviews_api.reviews import steps
from services.reviews_api.reviews.queries import held_view
from services.reviews_api.reviews.routes import ReviewReference
from services.reviews_api.reviews.schemas import HeldView, ReviewView
from services.reviews_api.reviews.step_schemas import (
    AdjournBody,
    AnswerBody,
    BringForwardBody,
    CancelBody,
    CompleteBody,
    HoldBody,
    IssueBody,
    MeetBody,
    PostponeBody,
)
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/reviews/{reference}", tags=["reviews"], route_class=TransactionalRoute)


@router.post("/hold", summary="Record that a review was held", responses=ON_A_STEP)
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
    review = await steps.take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, review.version)
    return await held_view(session, review)


@router.post("/meet", summary="Record a meeting of a series", responses=ON_A_STEP)
async def meet(
    reference: ReviewReference,
    body: MeetBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """The first begins the review; it counts on that day if the series is completed within 20 working days."""
    review = await steps.take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post("/adjourn", summary="Record that a review was adjourned", responses=ON_A_STEP)
async def adjourn(
    reference: ReviewReference,
    body: AdjournBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """Once only; the review is then to be completed within 20 working days."""
    review = await steps.take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post(
    "/complete",
    summary="Record that a series, or an adjourned review, was completed",
    responses=ON_A_STEP,
)
async def complete(
    reference: ReviewReference,
    body: CompleteBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> HeldView:
    """As a review that was held: answers with what is now due."""
    review = await steps.take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, review.version)
    return await held_view(session, review)


@router.post("/postpone", summary="Put a planned review off to a later day", responses=ON_A_STEP)
async def postpone(
    reference: ReviewReference,
    body: PostponeBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """Needs an approver and a reason, and moves no deadline for the review itself."""
    review = await steps.postpone(session, door, who, reference, body, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post(
    "/bring_forward", summary="Bring a planned review forward to an earlier day", responses=ON_A_STEP
)
async def bring_forward(
    reference: ReviewReference,
    body: BringForwardBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """Needs a reason, of those for which a review must be held early and some more."""
    review = await steps.take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post("/cancel", summary="Record that a review will not be held", responses=ON_A_STEP)
async def cancel(
    reference: ReviewReference,
    body: CancelBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """Needs an approver and a reason, and moves no deadline: the child is still owed a review."""
    review = await steps.cancel(session, door, who, reference, body, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post("/issue_decisions", summary="Record that the decisions went to the manager", responses=ON_A_STEP)
async def issue_decisions(
    reference: ReviewReference,
    body: IssueBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """The manager answers within 5 working days; silence agrees."""
    review = await steps.take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)


@router.post(
    "/answer_decisions", summary="Record what the manager said to the decisions", responses=ON_A_STEP
)
async def answer_decisions(
    reference: ReviewReference,
    body: AnswerBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ReviewView:
    """Agreement or disagreement, once the decisions were issued."""
    review = await steps.take_step(session, door, who.authority, reference, body.step, if_match)
    mark(response, review.version)
    return ReviewView.model_validate(review)
