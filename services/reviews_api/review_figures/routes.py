"""A year of reviews in figures."""

from fastapi import APIRouter

from services.reviews_api.review_figures.queries import figures
from services.reviews_api.review_figures.schemas import FirstDay, LastDay, ReviewFigures
from shared.http.routes import Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/review_figures", tags=["review_figures"], route_class=TransactionalRoute)


@router.get("", summary="Reviews held, in time, late, and who took part", responses=problem_responses(422))
async def get(session: Session, who: Caller, first: FirstDay, last: LastDay) -> ReviewFigures:
    """Counts alone, for an annual report: give the first and the last day of the year."""
    return await figures(session, who.authority, first, last)
