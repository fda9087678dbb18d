"""From where in the feed a subscription's wishes count."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.feed.head import FIRST_HEAD
from shared.db.session import bound

# Seconds for what is left of the transaction: a service that is stopped in it keeps the feed from everybody.
WITHIN = 5
# Whoever gives places locks the head alone, so that everything after it is handed out by these wishes.
LOCK_HEAD = text("SELECT position FROM feed_head WHERE authority_id = :authority FOR SHARE")


async def told_from_now_on(session: AsyncSession, authority: str) -> int:
    """The position after which what the open transaction writes of a subscription counts. Ask before writing, and
    write at once."""
    await bound(session, WITHIN)
    await session.execute(text(FIRST_HEAD), {"authority": authority})
    return int(await session.scalar(LOCK_HEAD, {"authority": authority}) or 0)
