"""Figures of what is done between reviews, for managers and analysts."""

from fastapi import APIRouter

from services.reviews_api.between_reviews.queries import figures
from services.reviews_api.between_reviews.schemas import BetweenReviewsFigures, From, To
from shared.http.routes import Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(
    prefix="/v1/between_reviews_figures", tags=["between_reviews_figures"], route_class=TransactionalRoute
)


@router.get("", summary="What was done between reviews", responses=problem_responses(422))
async def get(first: From, last: To, session: Session, who: Caller) -> BetweenReviewsFigures:
    """Midpoint checks, IRO visits and care planning meetings of a period: counts, and no child's."""
    return await figures(session, who.authority, first, last)
