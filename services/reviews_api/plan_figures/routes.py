"""Child protection plans counted, for the annual report."""

from fastapi import APIRouter

from services.reviews_api.plan_figures.queries import plan_figures
from services.reviews_api.plan_figures.schemas import FirstDay, LastDay, PlanFigures
from shared.http.routes import Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/plan_figures", tags=["protection_plans"], route_class=TransactionalRoute)


@router.get("", summary="Count child protection plans", responses=problem_responses(422))
async def get(session: Session, who: Caller, first: FirstDay, last: LastDay) -> PlanFigures:
    """Those that started and ended between two days, and those that ran on the last, as they stand now."""
    return await plan_figures(session, who.authority, first, last)
