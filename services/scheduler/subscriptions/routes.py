"""Subscriptions: who is told by webhook."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.scheduler.subscriptions.actions import change_subscription, end_subscription, subscribe
from services.scheduler.subscriptions.addresses import Addresses
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.subscriptions.queries import find_subscription, subscriptions_of
from services.scheduler.subscriptions.schemas import (
    NewSubscription,
    SubscriptionKeyed,
    SubscriptionList,
    SubscriptionView,
    Wanted,
)
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/subscriptions", tags=["subscriptions"], route_class=TransactionalRoute)


async def _addresses(request: Request) -> Addresses:
    addresses: Addresses = request.app.state.addresses
    return addresses


Allowed = Annotated[Addresses, Depends(_addresses)]


@router.post(
    "",
    status_code=201,
    summary="Be told by webhook",
    response_model=SubscriptionKeyed,
    responses=problem_responses(409, 413, 415, 422),
)
async def post_subscription(
    body: NewSubscription,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    addresses: Allowed,
) -> Subscription:
    """Events are sent as they are published from now on, signed with the secret that this answer shows once."""
    subscription = await subscribe(session, who, body, addresses, door.clock.now())
    mark(response, subscription.version)
    return subscription


@router.get("", summary="All subscriptions", response_model=SubscriptionList)
async def list_subscriptions(
    request: Request, session: Session, who: Caller, after: After = None, limit: Limit = 200
) -> dict[str, Any]:
    """The newest first; those that ended too. `next` is the address of what follows."""
    found = await subscriptions_of(session, who.authority, after, limit + 1)
    return {"subscriptions": found[:limit], "next": next_address(request, found, limit)}


@router.get(
    "/{subscription_id}",
    summary="One subscription",
    response_model=SubscriptionView,
    responses=problem_responses(404, 422),
)
async def get_subscription(
    subscription_id: UUID, response: Response, session: Session, who: Caller
) -> Subscription:
    """One subscription, without its secret."""
    subscription = await find_subscription(session, who.authority, subscription_id)
    mark(response, subscription.version)
    return subscription


@router.put(
    "/{subscription_id}",
    summary="Change a subscription's address and filters",
    response_model=SubscriptionView,
    responses=problem_responses(404, 409, 412, 413, 415, 422, 428),
)
async def put_subscription(
    subscription_id: UUID,
    body: Wanted,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    addresses: Allowed,
    if_match: IfMatch = None,
) -> Subscription:
    """All of them as they are to be from now on: what is left out narrows nothing. What waits already is sent all the
    same, to the new address. The secret stays. The same again changes nothing."""
    subscription, saved = await change_subscription(
        session, who, subscription_id, body, if_match, addresses, door.clock.now()
    )
    mark(response, subscription.version, saved)
    return subscription


@router.delete(
    "/{subscription_id}",
    status_code=204,
    summary="End a subscription",
    responses=problem_responses(404, 422),
)
async def delete_subscription(subscription_id: UUID, session: Session, who: Caller, door: AtDoor) -> None:
    """It is told no more; what still waits for it is dropped. The record of it stays."""
    now = door.clock.now()
    await end_subscription(session, who.authority, subscription_id, "deleted", now, who.subject)
