"""Whether a position can be held, and how far behind that is."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.consumers.schemas import Held, HeldView
from services.scheduler.feed.queries import feed_head
from shared.events.models import OutboxEvent
from shared.refusals import Contradiction, TransitionRefused


async def check_held(session: AsyncSession, authority: str, held: int | None, now: Held) -> None:
    """Raise Contradiction for a position that was never given out, TransitionRefused for one before `held`."""
    if now.position > await feed_head(session, authority):
        raise Contradiction("The feed has not come so far.", code="position_not_given", pointer="/position")
    if held is not None and now.position < held and not now.back:
        raise TransitionRefused(
            "A later position was held before. Where that is lost, say so with back = true.",
            code="position_goes_back",
        )


async def held_at(
    session: AsyncSession, authority: str, head: int, position: int, said_at: datetime, said_by: str
) -> HeldView:
    """What was said to be held, with how far the feed's head is ahead of it."""
    next_one = select(OutboxEvent.occurred_at).filter_by(authority_id=authority, position=position + 1)
    return held(head, position, said_at, said_by, await session.scalar(next_one))


def held(head: int, position: int, said_at: datetime, said_by: str, next_at: datetime | None) -> HeldView:
    """The same, where it is known when the next event happened."""
    behind = max(head - position, 0)
    return HeldView(position=position, said_at=said_at, said_by=said_by, behind=behind, behind_since=next_at)
