"""Subscriptions: who is told by webhook."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from services.scheduler.subscriptions.actions import end_subscription, subscribe
from services.scheduler.subscriptions.addresses import Addresses
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.subscriptions.queries import all_subscriptions, find_subscription
from services.scheduler.subscriptions.schemas import (
    NewSubscription,
    SubscriptionCreated,
    SubscriptionList,
    SubscriptionView,
)
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1", tags=["subscriptions"], route_class=TransactionalRoute)


async def _addresses(request: Request) -> Addresses:
    addresses: Addresses = request.app.state.addresses
    return addresses


@router.post(
    "/subscriptions",
    status_code=201,
    summary="Be told by webhook",
    response_model=SubscriptionCreated,
    responses=problem_responses(409, 413, 415, 422),
)
async def post_subscription(
    body: NewSubscription,
    session: Session,
    who: Caller,
    door: AtDoor,
    addresses: Annotated[Addresses, Depends(_addresses)],
) -> Subscription:
    """Events are sent as they are published from now on, signed with the secret that this answer shows once."""
    return await subscribe(session, who, body, addresses, door.clock.now())


@router.get("/subscriptions", summary="All subscriptions", response_model=SubscriptionList)
async def list_subscriptions(session: Session, who: Caller) -> dict[str, list[Subscription]]:
    """The newest first; those that ended too."""
    return {"subscriptions": await all_subscriptions(session, who.authority)}


@router.get(
    "/subscriptions/{subscription_id}",
    summary="One subscription",
    response_model=SubscriptionView,
    responses=problem_responses(404, 422),
)
async def get_subscription(subscription_id: UUID, session: Session, who: Caller) -> Subscription:
    """One subscription, without its secret."""
    return await find_subscription(session, who.authority, subscription_id)


@router.delete(
    "/subscriptions/{subscription_id}",
    status_code=204,
    summary="End a subscription",
    responses=problem_responses(404, 422),
)
async def delete_subscription(subscription_id: UUID, session: Session, who: Caller, door: AtDoor) -> None:
    """It is told no more; what still waits for it is dropped. The record of it stays."""
    await end_subscription(session, who.authority, subscription_id, "deleted", door.clock.now())
