"""Begins and ends subscriptions."""

import base64
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.subscriptions.addresses import Addresses
from services.scheduler.subscriptions.beginning import told_from_now_on
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.subscriptions.schemas import NewSubscription
from shared.auth.principal import Principal
from shared.refusals import Contradiction, NotFound

DROP_WAITING = text("""
    UPDATE delivery SET state = 'ended', claimed_until = NULL
    WHERE authority_id = :authority AND subscription_id = :subscription AND state = 'waiting'
""")


async def subscribe(
    session: AsyncSession, who: Principal, wanted: NewSubscription, addresses: Addresses, now: datetime
) -> Subscription:
    """A new subscription, told of what gets its place in the feed from now on. Raises Contradiction."""
    if not addresses.allow(wanted.url):
        raise Contradiction(
            "Webhooks go over HTTPS, at its own port, to hosts that this installation names; this address is none.",
            code="address_not_allowed",
            pointer="/url",
        )
    subscription = Subscription(
        authority_id=who.authority,
        url=wanted.url,
        types=sorted(set(wanted.types)) if wanted.types else None,
        secret=new_secret(),
        created_at=now,
        created_by=who.subject,
        told_after=await told_from_now_on(session, who.authority),
    )
    session.add(subscription)
    await session.flush()
    return subscription


async def end_subscription(
    session: AsyncSession, authority: str, id: UUID, because: str, now: datetime
) -> None:
    """Tell an address no more; what still waits for it is dropped. Ending twice is harmless. Raises NotFound."""
    held = select(Subscription).filter_by(authority_id=authority, id=id).with_for_update()
    subscription = (await session.scalars(held)).one_or_none()
    if subscription is None:
        raise NotFound("subscription")
    if subscription.end(because, now):
        await session.flush()
        await session.execute(DROP_WAITING, {"authority": authority, "subscription": id})


def new_secret() -> str:
    """32 random bytes, written as Standard Webhooks writes a secret."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
