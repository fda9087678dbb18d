"""Where this service stands in an authority's feed, and what comes next there."""

from collections.abc import Sequence

from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.models import FeedCursor, OutboxEvent

READER = "escalation_api"
BATCH = 500


async def take_place(session: AsyncSession, authority: str) -> int | None:
    """The position reached, held until the transaction ends.

    None where nothing new is there, or another replica holds the place just now.
    """
    position = await _hold(session, authority)
    if position is None and await _begin(session, authority):
        position = await _hold(session, authority)
    return position


async def events_after(session: AsyncSession, authority: str, position: int) -> Sequence[OutboxEvent]:
    """The next events in the order of the feed, at most BATCH of them."""
    found = await session.scalars(
        select(OutboxEvent)
        .where(OutboxEvent.authority_id == authority, OutboxEvent.position > position)
        .order_by(OutboxEvent.position)
        .limit(BATCH)
    )
    return found.all()


async def move_to(session: AsyncSession, authority: str, position: int) -> None:
    """Note how far the feed was followed."""
    await session.execute(
        update(FeedCursor).filter_by(authority_id=authority, reader=READER).values(position=position)
    )


async def _hold(session: AsyncSession, authority: str) -> int | None:
    news = exists().where(
        OutboxEvent.authority_id == FeedCursor.authority_id, OutboxEvent.position > FeedCursor.position
    )
    position: int | None = await session.scalar(
        select(FeedCursor.position)
        .filter_by(authority_id=authority, reader=READER)
        .where(news)
        .with_for_update(of=FeedCursor, skip_locked=True)
    )
    return position


async def _begin(session: AsyncSession, authority: str) -> bool:
    """Begin at the start of the feed; whether that was still to be done."""
    made = await session.execute(
        insert(FeedCursor)
        .values(authority_id=authority, reader=READER, position=0)
        .on_conflict_do_nothing()
        .returning(FeedCursor.reader)
    )
    return made.first() is not None
