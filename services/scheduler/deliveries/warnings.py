"""Says that nothing reaches a subscription, and in the end ends it: where attempts are recorded, and by a tick."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.deliveries.failing import Tried, Trouble, after_attempts, warnings_due
from services.scheduler.subscriptions.actions import end_subscription
from services.scheduler.subscriptions.dropping import drop_left_over
from services.scheduler.subscriptions.models import Subscription
from shared.db.session import authority_session
from shared.events.operator_events import SubscriptionFailing
from shared.events.outbox import publish

FAILING = (
    select(Subscription)
    .where(
        Subscription.failing_since.is_not(None),
        Subscription.paused_at.is_(None),
        Subscription.ended_at.is_(None),
    )
    .with_for_update(key_share=True, skip_locked=True)
)
TRIED = text("""
    SELECT EXISTS (SELECT FROM delivery WHERE authority_id = :authority AND subscription_id = :subscription
                   AND state = 'waiting')
""")


async def look_at_failing(engine: AsyncEngine, authority: str, now: datetime, patience: timedelta) -> None:
    """Warn of every subscription whose time has come, though nothing may be tried just now."""
    async with authority_session(engine, authority) as session:
        for subscription in await session.scalars(FAILING.filter_by(authority_id=authority)):
            await note(session, subscription, [], now, patience)
    await drop_left_over(engine, authority)


async def note(
    session: AsyncSession,
    subscription: Subscription,
    attempts: Iterable[Tried],
    now: datetime,
    patience: timedelta,
) -> None:
    """What attempts mean for their subscription, whose row the transaction has locked. At the last mark it ends; where
    nothing is tried any more, or was not for long, nobody knows how its address is, and its trouble begins anew with
    the next attempt."""
    trouble = after_attempts(_trouble(subscription, now), attempts)
    if trouble and trouble.is_known(now) and await _is_tried(session, subscription):
        await _remember(session, subscription, trouble, now, patience)
    else:
        subscription.failing_since = subscription.tried_at = None
        subscription.warned_percent = 0
        await session.flush()


async def _remember(
    session: AsyncSession, subscription: Subscription, trouble: Trouble, now: datetime, patience: timedelta
) -> None:
    due = warnings_due(trouble, now, patience)
    subscription.failing_since, subscription.tried_at = trouble.since, trouble.tried
    subscription.warned_percent = max((trouble.warned, *due))
    await session.flush()
    if not due:
        return
    authority, address = subscription.authority_id, subscription.id
    said = [SubscriptionFailing(address, None, mark, trouble.since) for mark in due]
    await publish(session, authority, said, now)
    if due[-1] == 100:
        await end_subscription(session, authority, address, "failing", now)


def _trouble(subscription: Subscription, now: datetime) -> Trouble | None:
    since = subscription.failing_since
    if since is None:
        return None
    # Whoever does not write down when it was tried, as schedulers of before 0039, leaves that to the first who looks.
    tried = subscription.tried_at or now
    return Trouble(since, max(since, tried), subscription.warned_percent)


async def _is_tried(session: AsyncSession, subscription: Subscription) -> bool:
    mine = {"authority": subscription.authority_id, "subscription": subscription.id}
    return bool(await session.scalar(TRIED, mine))
