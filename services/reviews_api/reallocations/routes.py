"""Reallocations: an officer leaves, is away or has too many, and others take their children over."""

from fastapi import APIRouter

from services.reviews_api.reallocations.actions import reallocate
from services.reviews_api.reallocations.schemas import ReallocationBody, ReallocationView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/reallocations", tags=["reallocations"], route_class=TransactionalRoute)


@router.post(
    "", summary="Give an officer's children to others", responses=problem_responses(404, 413, 415, 422)
)
async def post(body: ReallocationBody, session: Session, who: Caller, door: AtDoor) -> ReallocationView:
    """Ends the officer's allocations at one instant and begins the others', all or, where a rule refuses a child,
    all but that one, who stays. A retry with the same Idempotency-Key moves nothing twice and gets the same answer."""
    return await reallocate(session, door, who.authority, body)
