"""One deadline: how it stands, why it falls when it does, and everything it has been."""

from uuid import UUID

from fastapi import APIRouter

from services.scheduler.deadlines.queries import deadline_view, explanation, find_deadline
from services.scheduler.deadlines.schemas import DeadlineView, ExplanationView, StoryView
from services.scheduler.deadlines.story import story
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/deadlines", tags=["deadlines"], route_class=TransactionalRoute)


@router.get("/{deadline_id}", summary="A deadline", responses=problem_responses(404, 422))
async def get(deadline_id: UUID, session: Session, who: Caller, door: AtDoor) -> DeadlineView:
    """As it is stored: its dates, where it stands, and on whose authority."""
    return await deadline_view(session, door, await find_deadline(session, who, deadline_id))


@router.get(
    "/{deadline_id}/explanation",
    summary="Why a deadline falls when it does",
    responses=problem_responses(404, 422),
)
async def explain(deadline_id: UUID, session: Session, who: Caller, door: AtDoor) -> ExplanationView:
    """The fact it starts from, the rule and its source, every day that was skipped, by name, and the calendar."""
    return await explanation(session, door, await find_deadline(session, who, deadline_id))


@router.get(
    "/{deadline_id}/history",
    summary="Everything a deadline has been",
    responses=problem_responses(404, 422),
)
async def tell(deadline_id: UUID, session: Session, who: Caller, door: AtDoor) -> StoryView:
    """Every revision with what changed it, every breach and whether it fell away, and the facts behind them."""
    return await story(session, door, await find_deadline(session, who, deadline_id))
