"""Children in care in figures."""

from fastapi import APIRouter

from services.reviews_api.care_figures.queries import figures
from services.reviews_api.care_figures.schemas import CareFigures, FirstDay, LastDay
from shared.clock import today
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/care_figures", tags=["care_figures"], route_class=TransactionalRoute)


@router.get("", summary="Children in care, who came and who went", responses=problem_responses(422))
async def get(session: Session, who: Caller, door: AtDoor, first: FirstDay, last: LastDay) -> CareFigures:
    """Counts alone, for an annual report: give the first and the last day of the year."""
    return await figures(session, who.authority, first, last, today(door.clock))
