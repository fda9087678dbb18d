"""Carries out replays, stretch by stretch: each is one transaction, so that dying between two repeats nothing."""

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.replays.models import Replay
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.subscriptions.wanted import AGAIN
from shared.auth.restricted import ALL_RESTRICTED
from shared.db.session import authority_session

# Each subscription's first; whoever else carries one out just now has it for this stretch.
UNDER_WAY = (
    select(Replay)
    .ext(distinct_on(Replay.subscription_id))
    .where(Replay.finished_at.is_(None))
    .order_by(Replay.subscription_id, Replay.id)
)

# What waits to be sent bounds what is added to it: news shares the lane with a replay, and must not wait for all of it.
WAITING = text("""
    SELECT count(*) FROM (
        SELECT FROM delivery
        WHERE authority_id = :authority AND subscription_id = :subscription AND state = 'waiting'
          AND next_attempt_at <= :now
        LIMIT :most) AS due
""")

# What is being sent at this moment is left to that attempt.
HAND_OUT = """
    {all_restricted}, stretch AS (
        SELECT e.id, e.position, e.subject_id, NOT e.historic OR :historic AS told, {wanted} AS wanted
        FROM outbox_event e JOIN subscription s ON s.authority_id = :authority AND s.id = :subscription
        WHERE e.authority_id = :authority AND e.position > :reached AND e.position <= :until
        ORDER BY e.position LIMIT :room
    ), again AS (
        INSERT INTO delivery AS d
            (authority_id, subscription_id, event_id, position, subject_id, state, attempts, next_attempt_at)
        SELECT :authority, CAST(:subscription AS uuid), id, position, subject_id, 'waiting', 0,
               CAST(:now AS timestamptz)
        FROM stretch
        WHERE told AND wanted AND NOT EXISTS (
            SELECT FROM delivery b
            WHERE b.authority_id = :authority AND b.subscription_id = :subscription AND b.event_id = stretch.id
              AND b.state = 'waiting' AND b.claimed_until > :now)
        ORDER BY position
        ON CONFLICT (authority_id, subscription_id, event_id) DO UPDATE
        SET state = 'waiting', attempts = 0, next_attempt_at = :now, claimed_until = NULL
        WHERE d.state <> 'waiting' OR d.claimed_until IS NULL OR d.claimed_until <= :now
        RETURNING 1
    )
    SELECT coalesce((SELECT max(position) FROM stretch), :until) AS reached, (SELECT count(*) FROM again) AS events
"""


HANDING_OUT = text(HAND_OUT.format(all_restricted=ALL_RESTRICTED, wanted=AGAIN))


async def carry_on(engine: AsyncEngine, authority: str, now: datetime, batch: int) -> int:
    """One stretch of every replay under way in an authority; returns by how many positions they came on together."""
    async with authority_session(engine, authority, read_only=True) as session:
        under_way = (await session.scalars(UNDER_WAY.filter_by(authority_id=authority))).all()
    came_on = 0
    for each in under_way:
        async with authority_session(engine, authority) as session:
            came_on += await hand_out(session, each, now, batch)
    return came_on


async def hand_out(session: AsyncSession, known: Replay, now: datetime, batch: int) -> int:
    """One stretch, in the open transaction, unless somebody else is at it or enough waits; by how many positions the
    replay came on."""
    mine = {"authority": known.authority_id, "subscription": known.subscription_id, "now": now}
    goes_on = select(Subscription.ended_at).filter_by(
        authority_id=known.authority_id, id=known.subscription_id
    )
    ended_at = await session.scalar(goes_on.with_for_update(read=True))
    unfinished = select(Replay).filter_by(authority_id=known.authority_id, id=known.id, finished_at=None)
    replay = await session.scalar(unfinished.with_for_update(skip_locked=True))
    if replay is None:
        return 0
    if ended_at is not None:
        replay.finished_at = now
        await session.flush()
        return 0
    room = batch - int(await session.scalar(WAITING, mine | {"most": batch}) or 0)
    if room <= 0:
        return 0
    asked = {"reached": replay.reached, "until": replay.until, "historic": replay.historic, "room": room}
    done = (await session.execute(HANDING_OUT, mine | asked)).one()
    came_on = int(done.reached) - replay.reached
    replay.reached, replay.events = done.reached, replay.events + done.events
    replay.finished_at = now if replay.reached >= replay.until else None
    await session.flush()
    return came_on
