"""Reads how far the consumers are."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.consumers.held import happened_after
from services.scheduler.consumers.models import Consumer
from services.scheduler.consumers.schemas import ConsumerView
from services.scheduler.feed.queries import feed_head


async def shown(session: AsyncSession, consumer: Consumer) -> ConsumerView:
    """A consumer with how far the feed is ahead of it."""
    return ConsumerView(
        reference=consumer.reference,
        position=consumer.position,
        said_at=consumer.said_at,
        said_by=consumer.said_by,
        behind=max(await feed_head(session, consumer.authority_id) - consumer.position, 0),
        behind_since=await happened_after(session, consumer.authority_id, consumer.position),
    )


async def all_consumers(session: AsyncSession, authority: str) -> list[ConsumerView]:
    """Every consumer of an authority, by name; a thousand at most."""
    named = select(Consumer).filter_by(authority_id=authority).order_by(Consumer.reference).limit(1000)
    return [await shown(session, each) for each in await session.scalars(named)]
