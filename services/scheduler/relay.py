"""Gives events their places in the feed, after commit, one by one and without a gap, and hands out deliveries.

Whoever relays holds the feed's head, so places are given by one at a time however many schedulers run; a reader
who has seen position n can never miss one below it. Events of one deadline keep their order: whoever writes
them holds the deadline's row until it commits.
"""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.crashpoints import Crashpoint, pass_by
from services.scheduler.deliveries.wanted import WANTED
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

# An event is of the team and the officer that its child has as it gets its place; a clock of an officer's own, of
# that officer. An event that is history reaches the feed, and no webhook.
GIVE_PLACES = """
    WITH waiting AS (
        SELECT id, row_number() OVER (ORDER BY seq) AS n
        FROM (SELECT id, seq FROM outbox_event
              WHERE authority_id = :authority AND position IS NULL ORDER BY seq LIMIT {batch}) AS w
    ), placed AS (
        UPDATE outbox_event o SET position = CAST(:head AS bigint) + w.n, team = t.team, officer = t.officer
        FROM waiting w JOIN outbox_event e ON e.authority_id = :authority AND e.id = w.id
        CROSS JOIN LATERAL ({of}) AS t
        WHERE o.authority_id = :authority AND o.id = w.id
        RETURNING o.id, o.position, o.type, o.subject_id, o.historic, o.team, o.officer
    ), handed_out AS (
        INSERT INTO delivery
            (authority_id, subscription_id, event_id, position, subject_id, state, attempts, next_attempt_at)
        SELECT :authority, s.id, e.id, e.position, e.subject_id, 'waiting', 0, CAST(:now AS timestamptz)
        FROM placed e JOIN subscription s ON s.authority_id = :authority AND s.ended_at IS NULL AND {wanted}
        WHERE NOT e.historic
        ORDER BY e.position
    )
    SELECT count(*) FROM placed
"""
TEAM_AND_OFFICER = """
    SELECT coalesce(e.envelope -> 'data' ->> 'team', c.team, w.team) AS team,
           coalesce(a.officer, w.reference) AS officer
    FROM (VALUES (1)) AS one(row)
    LEFT JOIN child c ON c.authority_id = :authority AND c.id = e.child_id
    LEFT JOIN worker w ON e.child_id IS NULL AND w.authority_id = :authority
                      AND w.id = CAST(e.envelope -> 'data' ->> 'history_id' AS uuid)
    LEFT JOIN LATERAL (
        SELECT officer FROM allocation
        WHERE authority_id = :authority AND child_id = e.child_id AND role = 'iro' AND withdrawn_at IS NULL
        ORDER BY allocated_at DESC, id DESC LIMIT 1) AS a ON true
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
    placed = int(
        await session.scalar(
            text(GIVE_PLACES.format(batch=batch, of=TEAM_AND_OFFICER, wanted=WANTED)), values
        )
        or 0
    )
    await session.execute(MOVE_HEAD, {"authority": authority, "position": head + placed})
    return placed


async def _hold_head(session: AsyncSession, authority: str) -> int:
    head = await session.scalar(HOLD_HEAD, {"authority": authority})
    if head is None:
        await session.execute(FIRST_HEAD, {"authority": authority})
        head = await session.scalar(HOLD_HEAD, {"authority": authority})
    return int(head or 0)
