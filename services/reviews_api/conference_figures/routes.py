"""Conferences counted, for the annual report."""

from fastapi import APIRouter

from services.reviews_api.conference_figures.queries import conference_figures
from services.reviews_api.conference_figures.schemas import ConferenceFigures, FirstDay, LastDay
from shared.http.routes import Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/conference_figures", tags=["conferences"], route_class=TransactionalRoute)


@router.get("", summary="Count conferences, by meeting and by child", responses=problem_responses(422))
async def get(session: Session, who: Caller, first: FirstDay, last: LastDay) -> ConferenceFigures:
    """Meetings held between two days, and the children at them; in time and late by the children's own deadlines, as
    they stand now."""
    return await conference_figures(session, who.authority, first, last)
