"""Reads deliveries and their attempts."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.deliveries.models import Delivery, DeliveryAttempt, State
from services.scheduler.deliveries.schemas import AttemptView, DeliveryPage, DeliveryView
from services.scheduler.subscriptions.queries import find_subscription


async def list_deliveries(
    session: AsyncSession, authority: str, subscription: UUID, state: State | None, after: int, limit: int
) -> DeliveryPage:
    """A page of one subscription's deliveries. Raises NotFound where there is no such subscription."""
    await find_subscription(session, authority, subscription)
    wanted = select(Delivery).filter_by(authority_id=authority, subscription_id=subscription)
    if state is not None:
        wanted = wanted.filter_by(state=state.value)
    page = wanted.where(Delivery.position > after).order_by(Delivery.position).limit(limit)
    rows = (await session.scalars(page)).all()
    tried = await _attempts(session, authority, subscription, [row.event_id for row in rows])
    shown = [_view(row, tried[row.event_id]) for row in rows]
    return DeliveryPage(deliveries=shown, next=rows[-1].position if len(rows) == limit else None)


async def _attempts(
    session: AsyncSession, authority: str, subscription: UUID, events: Sequence[UUID]
) -> dict[UUID, list[AttemptView]]:
    found: dict[UUID, list[AttemptView]] = defaultdict(list)
    rows = await session.scalars(
        select(DeliveryAttempt)
        .filter_by(authority_id=authority, subscription_id=subscription)
        .where(DeliveryAttempt.event_id.in_(events))
        .order_by(DeliveryAttempt.attempted_at, DeliveryAttempt.id)
    )
    for row in rows:
        found[row.event_id].append(AttemptView.model_validate(row))
    return found


def _view(row: Delivery, tried: list[AttemptView]) -> DeliveryView:
    state = State(row.state)
    return DeliveryView(
        event_id=row.event_id,
        position=row.position,
        state=state,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at if state is State.WAITING else None,
        tried=tried,
    )
