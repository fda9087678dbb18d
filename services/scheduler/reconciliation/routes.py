"""Reconciliation: what was to be told, what was, and what the receivers say of it."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.scheduler.consumers.schemas import Held, HeldView
from services.scheduler.feed.queries import feed_head
from services.scheduler.reconciliation.actions import acknowledge
from services.scheduler.reconciliation.queries import receiver_of, reconcile, reconcile_all
from services.scheduler.reconciliation.schemas import Few, Next, Reconciliation, ReconciliationPage, Since
from services.scheduler.reconciliation.turns import Counting
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.routes import AtDoor, Caller, Handler, ReadingRoute, Session, TransactionalRoute
from shared.http.service import problem_responses


class CountingRoute(ReadingRoute):
    """A route that reads for seconds, in its turn: whoever gets none soon is told to come back (503)."""

    async def answer(self, door: Door, request: Request, handler: Handler) -> Response:
        turns: Counting = request.app.state.counting
        who: Principal = request.state.principal
        async with turns.one(who.authority):
            return await super().answer(door, request, handler)


counting = APIRouter(prefix="/v1", tags=["reconciliation"], route_class=CountingRoute)
router = APIRouter(prefix="/v1", tags=["reconciliation"], route_class=TransactionalRoute)


@counting.get(
    "/subscriptions/{subscription_id}/reconciliation",
    summary="What a subscription should have heard, and has",
    responses=problem_responses(404, 422),
)
async def get_reconciliation(
    subscription_id: UUID, session: Session, who: Caller, since: Since = 0
) -> Reconciliation:
    """Counted anew from the feed at every call, not kept. One request looks through a million events, which takes some
    seconds, and fewer with `since`; where there are more, `next` says where to go on. One is counted at a time
    for each council: who has to wait for long is told so (503)."""
    return await reconcile(session, who.authority, subscription_id, since)


@counting.get(
    "/reconciliation",
    summary="What every subscriber should have heard, and has",
    responses=problem_responses(422),
)
async def get_reconciliations(
    session: Session, who: Caller, since: Since = 0, after: Next = None, limit: Few = 20
) -> ReconciliationPage:
    """Every subscription that has not ended, the oldest first, and every consumer that says how far it is. One is
    counted at a time for each council: who has to wait for long is told so (503)."""
    return await reconcile_all(session, who.authority, since, after, limit)


@router.post(
    "/subscriptions/{subscription_id}/acknowledgements",
    status_code=201,
    summary="Say what a receiver holds",
    responses=problem_responses(404, 409, 413, 415, 422),
)
async def post_acknowledgement(
    subscription_id: UUID, body: Held, session: Session, who: Caller, door: AtDoor
) -> HeldView | None:
    """The receiver of a subscription's webhooks holds everything up to this position of the feed. It only goes on, and
    back only where that is said."""
    subscription = await acknowledge(session, who, subscription_id, body, door.clock.now())
    return await receiver_of(session, subscription, await feed_head(session, who.authority))
