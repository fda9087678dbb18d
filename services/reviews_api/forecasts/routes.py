"""Forecasts: the reviews and conferences that officers have to chair in the months to come."""

from fastapi import APIRouter

from services.reviews_api.forecasts.queries import forecast
from services.reviews_api.forecasts.schemas import ForecastRole, ForecastView, Months, OfRole
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/forecasts", tags=["forecasts"], route_class=TransactionalRoute)


@router.get("", summary="Meetings due by officer and month", responses=problem_responses(422))
async def get(
    session: Session, who: Caller, door: AtDoor, months: Months = 3, role: OfRole = ForecastRole.IRO
) -> ForecastView:
    """From the deadlines open now and the officers allocated now: what is overdue, and what falls due in the present
    month and those after it."""
    return await forecast(session, door, who.authority, role, months)
