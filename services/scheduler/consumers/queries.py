"""Reads how far the consumers are."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.consumers.held import held, held_at
from services.scheduler.consumers.models import Consumer
from services.scheduler.consumers.schemas import ConsumerView, HeldView
from shared.events.models import OutboxEvent


async def shown(session: AsyncSession, consumer: Consumer, head: int) -> ConsumerView:
    """A consumer with how far the feed's head is ahead of it."""
    said = consumer.position, consumer.said_at, consumer.said_by
    return _view(consumer, await held_at(session, consumer.authority_id, head, *said))


async def all_consumers(session: AsyncSession, authority: str, head: int) -> list[ConsumerView]:
    """Every consumer of an authority, by name; a thousand at most."""
    next_one = (OutboxEvent.authority_id == authority) & (OutboxEvent.position == Consumer.position + 1)
    found = await session.execute(
        select(Consumer, OutboxEvent.occurred_at)
        .outerjoin(OutboxEvent, next_one)
        .where(Consumer.authority_id == authority)
        .order_by(Consumer.reference)
        .limit(1000)
    )
    return [
        _view(each, held(head, each.position, each.said_at, each.said_by, next_at)) for each, next_at in found
    ]


def _view(consumer: Consumer, held: HeldView) -> ConsumerView:
    return ConsumerView(reference=consumer.reference, **dict(held))
