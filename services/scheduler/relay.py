"""Gives events their places in the feed, after commit, one by one and without a gap, and hands out deliveries.

Whoever relays holds the feed's head, so places are given by one at a time however many schedulers run; a reader
who has seen position n can never miss one below it. Events of one deadline keep their order: whoever writes
them holds the deadline's row until it commits.
"""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.crashpoints import Crashpoint, pass_by
from services.scheduler.figures import POSITIONED
from shared.db.session import authority_session

# Read without a lock: most of the time nothing waits.
STANDING = text("""
    SELECT coalesce((SELECT position FROM feed_head WHERE authority_id = :authority), 0) AS head,
           EXISTS (SELECT FROM outbox_event WHERE authority_id = :authority AND position IS NULL) AS waiting
""")

FIRST_HEAD = text(
    "INSERT INTO feed_head (authority_id, position) VALUES (:authority, 0) ON CONFLICT DO NOTHING"
)
HOLD_HEAD = text("SELECT position FROM feed_head WHERE authority_id = :authority FOR UPDATE")

# An event that is history reaches the feed, and no webhook.
GIVE_PLACES = """
    WITH waiting AS (
        SELECT id, row_number() OVER (ORDER BY seq) AS n
        FROM (SELECT id, seq FROM outbox_event
              WHERE authority_id = :authority AND position IS NULL ORDER BY seq LIMIT {batch}) AS w
    ), placed AS (
        UPDATE outbox_event e SET position = CAST(:head AS bigint) + w.n
        FROM waiting w
        WHERE e.authority_id = :authority AND e.id = w.id
        RETURNING e.id, e.position, e.type, e.subject_id, e.historic
    ), handed_out AS (
        INSERT INTO delivery
            (authority_id, subscription_id, event_id, position, subject_id, state, attempts, next_attempt_at)
        SELECT :authority, s.id, p.id, p.position, p.subject_id, 'waiting', 0, CAST(:now AS timestamptz)
        FROM placed p
        JOIN subscription s ON s.authority_id = :authority AND s.ended_at IS NULL
                            AND (s.types IS NULL OR p.type = ANY (s.types))
        WHERE NOT p.historic
        ORDER BY p.position
    )
    SELECT count(*) FROM placed
"""

MOVE_HEAD = text("UPDATE feed_head SET position = :position WHERE authority_id = :authority")


async def relay(engine: AsyncEngine, authority: str, now: datetime, batch: int = 1000) -> int:
    """Give every committed event of one authority its place; returns the position of the last, 0 for none."""
    while True:
        async with authority_session(engine, authority) as session:
            standing = (await session.execute(STANDING, {"authority": authority})).one()
            if not standing.waiting:
                return int(standing.head)
            placed = await relay_once(session, authority, now, batch)
        POSITIONED.inc(placed)
        pass_by(Crashpoint.AFTER_RELAY)


async def relay_once(session: AsyncSession, authority: str, now: datetime, batch: int) -> int:
    """One batch, in the open transaction; returns how many events got a place."""
    head = await _hold_head(session, authority)
    values = {"authority": authority, "head": head, "now": now}
    placed = int(await session.scalar(text(GIVE_PLACES.format(batch=batch)), values) or 0)
    await session.execute(MOVE_HEAD, {"authority": authority, "position": head + placed})
    return placed


async def _hold_head(session: AsyncSession, authority: str) -> int:
    head = await session.scalar(HOLD_HEAD, {"authority": authority})
    if head is None:
        await session.execute(FIRST_HEAD, {"authority": authority})
        head = await session.scalar(HOLD_HEAD, {"authority": authority})
    return int(head or 0)
