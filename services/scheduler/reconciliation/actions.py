"""Notes what a receiver says that it holds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.consumers.held import check_held
from services.scheduler.consumers.schemas import Held
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.subscriptions.queries import lock_subscription
from shared.auth.principal import Principal


async def acknowledge(
    session: AsyncSession, who: Principal, id: UUID, held: Held, now: datetime
) -> Subscription:
    """The receiver holds everything up to a position. Raises NotFound, Contradiction and TransitionRefused."""
    subscription = await lock_subscription(session, who.authority, id)
    await check_held(session, who.authority, subscription.acknowledged_position, held)
    subscription.acknowledged_position = held.position
    subscription.acknowledged_at, subscription.acknowledged_by = now, who.subject
    await session.flush()
    return subscription
