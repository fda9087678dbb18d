"""For when the clocks are in doubt."""

from fastapi import APIRouter

from services.scheduler.watch.actions import confirm_clock
from services.scheduler.watch.models import ClockConfirmation
from services.scheduler.watch.schemas import ClockConfirmed, ConfirmationView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/clock", tags=["clock"], route_class=TransactionalRoute)


@router.post(
    "/confirm",
    status_code=201,
    summary="Confirm that the database's clock is right",
    response_model=ConfirmationView,
    responses=problem_responses(409, 413, 415, 422),
)
async def post_confirmation(
    body: ClockConfirmed, session: Session, who: Caller, door: AtDoor
) -> ClockConfirmation:
    """A scheduler that distrusts its clocks then goes on within seconds, by the database's. Without this it goes on
    once both have agreed for a minute."""
    return await confirm_clock(session, door.clock, who, body)
