"""Reads subscriptions."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.subscriptions.models import Subscription
from shared.refusals import NotFound


async def find_subscription(session: AsyncSession, authority: str, id: UUID) -> Subscription:
    """One subscription. Raises NotFound."""
    found = await session.get(Subscription, (authority, id))
    if found is None:
        raise NotFound("subscription")
    return found


async def all_subscriptions(session: AsyncSession, authority: str) -> list[Subscription]:
    """Every subscription of an authority, the newest first."""
    newest = select(Subscription).filter_by(authority_id=authority).order_by(Subscription.id.desc())
    return list(await session.scalars(newest.limit(1000)))
