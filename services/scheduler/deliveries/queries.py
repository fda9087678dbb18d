"""Reads deliveries and their attempts."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import literal_column, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.deliveries.models import Delivery, DeliveryAttempt, State
from services.scheduler.deliveries.schemas import (
    AttemptView,
    DeadLetter,
    DeadLetterPage,
    DeliveryPage,
    DeliveryView,
)
from services.scheduler.subscriptions.queries import find_subscription
from shared.auth.principal import Principal, Role
from shared.events.models import OutboxEvent

Of = tuple[UUID, UUID]  # a subscription and an event


async def list_deliveries(
    session: AsyncSession, who: Principal, subscription: UUID, state: State | None, after: int, limit: int
) -> DeliveryPage:
    """A page of one subscription's deliveries. Raises NotFound where there is no such subscription."""
    await find_subscription(session, who.authority, subscription)
    wanted = select(Delivery).filter_by(authority_id=who.authority, subscription_id=subscription)
    if state is not None:
        wanted = wanted.filter_by(state=state.value)
    # All positions are above 0. Said here, as their index is offered to nobody who does not say it.
    placed = wanted.where(Delivery.position > literal_column("0"), Delivery.position > after)
    rows = (await session.scalars(placed.order_by(Delivery.position).limit(limit))).all()
    tried = await _attempts(session, who, rows)
    shown = [DeliveryView(**_shown(row, tried)) for row in rows]
    return DeliveryPage(deliveries=shown, next=rows[-1].position if len(rows) == limit else None)


async def list_dead_letters(
    session: AsyncSession, who: Principal, after: str | None, limit: int
) -> DeadLetterPage:
    """A page of what died in all subscriptions, the oldest events first."""
    # The table and not its model, of which the rows about restricted children are hidden: a letter names no child.
    event = OutboxEvent.__table__.c
    wanted = (
        select(Delivery, event.type)
        .join(
            OutboxEvent.__table__,
            (event.authority_id == Delivery.authority_id) & (event.id == Delivery.event_id),
        )
        .where(Delivery.authority_id == who.authority, Delivery.state == State.DEAD.value)
    )
    if after is not None:
        position, _, subscription = after.partition(".")
        place = tuple_(Delivery.position, Delivery.subscription_id)
        wanted = wanted.where(place > (int(position), UUID(subscription)))
    page = wanted.order_by(Delivery.position, Delivery.subscription_id).limit(limit)
    rows = (await session.execute(page)).all()
    tried = await _attempts(session, who, [row for row, _ in rows])
    letters = [
        DeadLetter(**_shown(row, tried), subscription_id=row.subscription_id, type=kind) for row, kind in rows
    ]
    last = f"{letters[-1].position}.{letters[-1].subscription_id}" if len(letters) == limit else None
    return DeadLetterPage(dead_letters=letters, next=last)


async def _attempts(
    session: AsyncSession, who: Principal, deliveries: Sequence[Delivery]
) -> dict[Of, list[AttemptView]]:
    found: dict[Of, list[AttemptView]] = defaultdict(list)
    if not deliveries:
        return found
    of = tuple_(DeliveryAttempt.subscription_id, DeliveryAttempt.event_id)
    rows = await session.scalars(
        select(DeliveryAttempt)
        .filter_by(authority_id=who.authority)
        .where(of.in_([(each.subscription_id, each.event_id) for each in deliveries]))
        .order_by(DeliveryAttempt.attempted_at, DeliveryAttempt.id)
    )
    for row in rows:
        shown = AttemptView.model_validate(row)
        if Role.OPERATOR not in who.roles:
            shown.first_bytes = None
        found[row.subscription_id, row.event_id].append(shown)
    return found


def _shown(row: Delivery, tried: dict[Of, list[AttemptView]]) -> dict[str, Any]:
    state = State(row.state)
    return {
        "event_id": row.event_id,
        "position": row.position,
        "state": state,
        "attempts": row.attempts,
        "next_attempt_at": row.next_attempt_at if state is State.WAITING else None,
        "tried": tried[row.subscription_id, row.event_id],
    }
