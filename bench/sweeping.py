"""The sweep against one hand-written statement that does the same, and the idle sweep at two sizes."""

import time
from datetime import datetime
from statistics import median

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.ground import FEW, MANY, SMALL, SPREAD, Ground
from bench.report import Row
from services.scheduler.sweep import sweep
from shared.db.session import authority_session

ROUNDS = 4
SHARE = 0.02  # of the running deadlines, for each side of each round
IDLE_SWEEPS = 400

BY_HAND = text("""
    WITH ringing AS (
        SELECT id FROM deadline WHERE authority_id = :authority AND next_alarm_at <= :now
        ORDER BY next_alarm_at LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE deadline d SET alarms = '{}', next_alarm_at = NULL FROM ringing
        WHERE d.authority_id = :authority AND d.id = ringing.id
        RETURNING d.*
    ), breached AS (
        INSERT INTO breach (authority_id, deadline_id, version, due_at, recorded_at, historic)
        SELECT authority_id, id, version, due_at, :now, historic FROM claimed
    ), told AS (
        INSERT INTO outbox_event
            (authority_id, id, type, subject_id, child_id, occurred_at, historic, envelope)
        SELECT authority_id, gen_random_uuid(), 'deadline.breached', id, child_id, :now, historic,
               json_build_object('specversion', '1.0', 'type', 'deadline.breached', 'subject', 'deadline/' || id,
                   'time', CAST(:now AS timestamptz), 'source', '/duecare/' || authority_id,
                   'data', json_build_object('deadline_id', id, 'child_id', child_id, 'history_id', history_id,
                       'timescale', timescale, 'version', version, 'revision', revision,
                       'due_on', due_on, 'due_at', due_at, 'historic', historic))
        FROM claimed
    )
    SELECT count(*) FROM claimed
""")


async def sweep_rows(ground: Ground) -> list[Row]:
    """Breaches with their events per second, ours and by hand, in turn on fresh shares of the deadlines."""
    ours, by_hand, ratios = [], [], []
    share = int(ground.rows * SHARE)
    for round_ in range(ROUNDS):
        mine = await _ours(ground, _instant(ground, share * (2 * round_ + 1)))
        hand = await _by_hand(ground.scheduler, _instant(ground, share * (2 * round_ + 2)))
        ours.append(mine)
        by_hand.append(hand)
        ratios.append(mine / hand)
    ratio = median(ratios)
    return [
        Row(
            f"sweep at {ground.rows:,} running: breaches with events, against one hand-written statement",
            f"{median(ours):,.0f} a second against {median(by_hand):,.0f}: ratio {ratio:.2f}",
            "ratio at least 0.5",
            ratio >= 0.5,
        )
    ]


async def idle_rows(ground: Ground) -> list[Row]:
    """A sweep that finds nothing due, where few deadlines run and where many do, in turn."""
    few, many = [], []
    for _ in range(IDLE_SWEEPS):
        few.append(await _seconds(ground, FEW))
        many.append(await _seconds(ground, MANY))
    ratio = median(many) / median(few)
    return [
        Row(
            f"idle sweep at {ground.rows:,} running, against {SMALL:,}",
            f"{median(many) * 1000:.2f} ms against {median(few) * 1000:.2f} ms: ratio {ratio:.2f}",
            "ratio at most 1.5",
            ratio <= 1.5,
        )
    ]


def _instant(ground: Ground, due: int) -> datetime:
    """The instant at which this many of MANY's deadlines have fallen due since the start."""
    return ground.start + SPREAD * due / ground.rows


async def _ours(ground: Ground, now: datetime) -> float:
    begun = time.monotonic()
    return await sweep(ground.scheduler, MANY, now) / (time.monotonic() - begun)


async def _by_hand(engine: AsyncEngine, now: datetime) -> float:
    begun, total, done = time.monotonic(), 0, 1
    while done:
        async with authority_session(engine, MANY) as session:
            done = (await session.execute(BY_HAND, {"authority": MANY, "now": now})).scalar_one()
            total += done
    return total / (time.monotonic() - begun)


async def _seconds(ground: Ground, authority: str) -> float:
    begun = time.monotonic()
    await sweep(ground.scheduler, authority, ground.start)
    return time.monotonic() - begun
