"""Deliveries: what became of each event that a subscription was to be told of."""

from uuid import UUID

from fastapi import APIRouter

from services.scheduler.deliveries.queries import list_dead_letters, list_deliveries
from services.scheduler.deliveries.schemas import (
    After,
    AfterLetter,
    DeadLetterPage,
    DeliveryPage,
    InState,
    Limit,
)
from shared.http.routes import Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1", tags=["deliveries"], route_class=TransactionalRoute)


@router.get(
    "/subscriptions/{subscription_id}/deliveries",
    summary="A subscription's deliveries",
    responses=problem_responses(404, 422),
)
async def get_deliveries(
    subscription_id: UUID,
    session: Session,
    who: Caller,
    state: InState = None,
    after: After = 0,
    limit: Limit = 100,
) -> DeliveryPage:
    """In the order of the feed, each with every attempt made at it."""
    return await list_deliveries(session, who, subscription_id, state, after, limit)


@router.get("/dead_letters", summary="What was given up", responses=problem_responses(422))
async def get_dead_letters(
    session: Session, who: Caller, after: AfterLetter = None, limit: Limit = 100
) -> DeadLetterPage:
    """Events that the last attempt could not deliver, of all subscriptions, the oldest first. They are still in the
    feed, and can be replayed."""
    return await list_dead_letters(session, who, after, limit)
