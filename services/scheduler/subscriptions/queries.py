"""Reads subscriptions."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.subscriptions.models import Subscription, SubscriptionStep
from shared.refusals import NotFound

AT_MOST = 1000


async def find_subscription(session: AsyncSession, authority: str, id: UUID) -> Subscription:
    """One subscription. Raises NotFound."""
    found = await session.get(Subscription, (authority, id))
    if found is None:
        raise NotFound("subscription")
    return found


async def lock_subscription(session: AsyncSession, authority: str, id: UUID) -> Subscription:
    """One subscription, which nobody else changes until the transaction ends. Raises NotFound."""
    locking = select(Subscription).filter_by(authority_id=authority, id=id).with_for_update(key_share=True)
    found = (await session.scalars(locking.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFound("subscription")
    return found


async def subscriptions_of(
    session: AsyncSession, authority: str, after: UUID | None, most: int
) -> list[Subscription]:
    """So many subscriptions of an authority, the newest first, older than the one that `after` names."""
    newest = select(Subscription).filter_by(authority_id=authority).order_by(Subscription.id.desc())
    if after is not None:
        newest = newest.where(Subscription.id < after)
    return list(await session.scalars(newest.limit(most)))


async def steps_of(session: AsyncSession, authority: str, id: UUID) -> list[SubscriptionStep]:
    """What was done with a subscription, the newest first. Raises NotFound."""
    await find_subscription(session, authority, id)
    taken = select(SubscriptionStep).filter_by(authority_id=authority, subscription_id=id)
    return list(await session.scalars(taken.order_by(SubscriptionStep.version.desc()).limit(AT_MOST)))
