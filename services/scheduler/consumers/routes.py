"""Consumers: readers of the feed who say how far they are."""

from fastapi import APIRouter, Response

from services.scheduler.consumers.actions import forget, hold
from services.scheduler.consumers.queries import shown
from services.scheduler.consumers.schemas import ConsumerView, Consuming, Held
from services.scheduler.feed.queries import feed_head
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses
from shared.http.versions import Saved

router = APIRouter(prefix="/v1", tags=["reconciliation"], route_class=TransactionalRoute)


@router.put(
    "/consumers/{reference}",
    summary="Say how far a consumer is",
    responses={201: {"model": ConsumerView}, **problem_responses(409, 413, 415, 422)},
)
async def put_consumer(
    reference: Consuming, body: Held, session: Session, who: Caller, door: AtDoor, response: Response
) -> ConsumerView:
    """For who pulls the feed: everything up to this position is held. It only goes on, so that it needs no ETag, and
    back only where that is said."""
    consumer, saved = await hold(session, who, reference, body, door.clock.now())
    response.status_code = 201 if saved is Saved.CREATED else 200
    return await shown(session, consumer, await feed_head(session, who.authority))


@router.delete(
    "/consumers/{reference}",
    status_code=204,
    summary="Forget a consumer",
    responses=problem_responses(404, 422),
)
async def delete_consumer(reference: Consuming, session: Session, who: Caller) -> None:
    """It is no longer reckoned with."""
    await forget(session, who.authority, reference)
