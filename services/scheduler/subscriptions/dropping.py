"""What waits for a subscription that has ended is sent to nobody."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.db.session import authority_session

# However much waits, an end is quick: the rest is dropped by and by, as is what is being handed out or recorded at
# that moment.
DROP = text("""
    UPDATE delivery d SET state = 'ended', claimed_until = NULL
    FROM (SELECT ctid AS place FROM delivery
          WHERE authority_id = :authority AND subscription_id = :subscription AND state = 'waiting'
          LIMIT 10000 FOR UPDATE SKIP LOCKED) AS w
    WHERE d.authority_id = :authority AND d.ctid = w.place
""")
LEFT_OVER = text("""
    SELECT id FROM subscription s
    WHERE authority_id = :authority AND ended_at IS NOT NULL
      AND EXISTS (SELECT FROM delivery d
                  WHERE d.authority_id = :authority AND d.subscription_id = s.id AND d.state = 'waiting')
""")


async def drop_waiting(session: AsyncSession, authority: str, subscription: UUID) -> None:
    """Drop what waits for one subscription, or much of it."""
    await session.execute(DROP, {"authority": authority, "subscription": subscription})


async def drop_left_over(engine: AsyncEngine, authority: str) -> None:
    """The same for every subscription of an authority that has ended, each in a transaction of its own: what was not
    dropped at its end."""
    async with authority_session(engine, authority, read_only=True) as session:
        ended = (await session.scalars(LEFT_OVER, {"authority": authority})).all()
    for subscription in ended:
        async with authority_session(engine, authority) as session:
            await drop_waiting(session, authority, subscription)
