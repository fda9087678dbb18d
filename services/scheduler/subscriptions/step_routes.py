"""What is done with a subscription: another secret, a trial, a pause; and the record of it."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.scheduler.subscriptions import actions
from services.scheduler.subscriptions.models import Subscription, SubscriptionStep
from services.scheduler.subscriptions.queries import steps_of
from services.scheduler.subscriptions.schemas import (
    Pinged,
    Rotation,
    StepList,
    SubscriptionKeyed,
    SubscriptionView,
)
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(
    prefix="/v1/subscriptions/{subscription_id}", tags=["subscriptions"], route_class=TransactionalRoute
)


@router.post(
    "/rotate",
    summary="Give a subscription a new secret",
    response_model=SubscriptionKeyed,
    responses=ON_A_STEP,
)
async def rotate(
    subscription_id: UUID,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    body: Rotation | None = None,
    if_match: IfMatch = None,
) -> Subscription:
    """The new secret is shown this once. The one before signs beside it for a day, or as long as you say, at most a
    week. Two sign at most: rotating again meanwhile forgets the oldest at once. An answer that was lost is given again
    for the same Idempotency-Key."""
    now, wanted = door.clock.now(), body or Rotation()
    subscription = await actions.rotate_secret(session, who, subscription_id, wanted, if_match, now)
    mark(response, subscription.version)
    return subscription


@router.post(
    "/ping",
    status_code=202,
    summary="Send a trial event",
    responses=problem_responses(404, 409, 413, 415, 422),
)
async def ping(subscription_id: UUID, session: Session, who: Caller, door: AtDoor) -> Pinged:
    """A `subscription.pinged` is published, and sent to this subscription alone, whatever its filters. Earlier ones
    that wait for another attempt go before it, now."""
    return Pinged(event_id=await actions.ping(session, who, subscription_id, door.clock.now()))


@router.post("/pause", summary="Pause a subscription", response_model=SubscriptionView, responses=ON_A_STEP)
async def pause(
    subscription_id: UUID,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> Subscription:
    """What it would be told is kept. What is being sent at this moment may still arrive. Again, it changes nothing."""
    subscription = await actions.pause(session, who, subscription_id, if_match, door.clock.now())
    mark(response, subscription.version)
    return subscription


@router.post("/resume", summary="Resume a subscription", response_model=SubscriptionView, responses=ON_A_STEP)
async def resume(
    subscription_id: UUID,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> Subscription:
    """All that was kept is sent, the oldest first. Again, it changes nothing."""
    subscription = await actions.resume(session, who, subscription_id, if_match, door.clock.now())
    mark(response, subscription.version)
    return subscription


@router.get(
    "/steps",
    summary="What was done with a subscription",
    response_model=StepList,
    responses=problem_responses(404, 422),
)
async def list_steps(
    subscription_id: UUID, session: Session, who: Caller
) -> dict[str, list[SubscriptionStep]]:
    """Who did what and when, and what it was before; the newest first."""
    return {"steps": await steps_of(session, who.authority, subscription_id)}
