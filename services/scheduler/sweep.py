"""Notices what is due: a date that passed becomes a breach (unless its passing breaks no
promise), a date that nears a warning, each told once.

Sweepers may run side by side: each claims rows that no other holds, and what makes a breach unique is its key.
"""

from asyncio import gather
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.pool import QueuePool

from services.scheduler.crashpoints import Crashpoint, pass_by
from services.scheduler.figures import BREACHES
from services.scheduler.watch.figures import DETECTION
from shared.db.session import authority_session
from shared.events.deadline_events import (
    DeadlineApproaching,
    DeadlineBreached,
    DeadlineEvent,
    DeadlinePassed,
)
from shared.events.outbox import publish
from shared.timescales.timescale import Passing

SIDE_BY_SIDE = 2

# The claim also crosses off every alarm that has gone by: the due instant is a deadline's last. The rows are found
# again by their place: before the planner has figures of a council, it may go through all of them for each id.
CLAIM = """
    WITH ringing AS (
        SELECT ctid AS place, next_alarm_at AS rang_at
        FROM deadline
        WHERE authority_id = :authority AND next_alarm_at <= :now
        ORDER BY next_alarm_at
        LIMIT {batch}
        FOR UPDATE SKIP LOCKED
    )
    UPDATE deadline d
    SET alarms = CASE WHEN d.due_at <= :now THEN '{{}}'::timestamptz[]
                 ELSE ARRAY(SELECT a FROM unnest(d.alarms) a WHERE a > :now ORDER BY a) END,
        next_alarm_at = CASE WHEN d.due_at > :now
                        THEN (SELECT min(a) FROM unnest(d.alarms) a WHERE a > :now) END
    FROM ringing
    WHERE d.authority_id = :authority AND d.ctid = ringing.place
    RETURNING d.id AS subject_id, d.child_id, d.history_id, d.timescale, d.version, d.revision,
              d.due_on, d.due_at, d.historic, d.passing, ringing.rang_at
"""

RECORD = text("""
    INSERT INTO breach (authority_id, deadline_id, version, due_at, recorded_at, historic)
    SELECT :authority, deadline_id, version, due_at, :now, historic
    FROM unnest(CAST(:ids AS uuid[]), CAST(:versions AS int[]), CAST(:dues AS timestamptz[]),
                CAST(:historic AS boolean[])) AS b(deadline_id, version, due_at, historic)
    ON CONFLICT DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class Swept:
    """So many alarms rang, and so many breaches were recorded; `late` are the seconds after which each was noticed, but
    for those that came as history."""

    rang: int = 0
    recorded: int = 0
    late: tuple[float, ...] = ()

    def count(self) -> None:
        """Show it to Prometheus, once it is committed."""
        BREACHES.inc(self.recorded)
        for seconds in self.late:
            DETECTION.observe(seconds)


EARLIEST = text("SELECT min(next_alarm_at) FROM deadline WHERE authority_id = :authority")


async def sweep(engine: AsyncEngine, authority: str, now: datetime, batch: int = 1000) -> int:
    """Record and tell everything of one authority that is due at `now`; returns how many alarms rang."""
    rang = await _sweep_batch(engine, authority, now, batch)
    if rang < batch:
        return rang
    # There is more: two at a time, so that one is worked out while the database writes the other.
    lanes = (_sweep_on(engine, authority, now, batch) for _ in range(_lanes(engine)))
    for swept in await gather(*lanes, return_exceptions=True):
        if isinstance(swept, BaseException):
            raise swept
        rang += swept
    return rang


def _lanes(engine: AsyncEngine) -> int:
    """As many as have a connection each: one that waits for another's batch may wait too long."""
    pool = engine.pool
    return min(SIDE_BY_SIDE, pool.size()) if isinstance(pool, QueuePool) else SIDE_BY_SIDE


async def _sweep_on(engine: AsyncEngine, authority: str, now: datetime, batch: int) -> int:
    rang = 0
    while True:
        claimed = await _sweep_batch(engine, authority, now, batch)
        rang += claimed
        if claimed < batch:
            return rang


async def _sweep_batch(engine: AsyncEngine, authority: str, now: datetime, batch: int) -> int:
    pass_by(Crashpoint.BEFORE_CLAIM)
    async with authority_session(engine, authority) as session:
        swept = await sweep_once(session, authority, now, batch)
    swept.count()
    if swept.rang:
        pass_by(Crashpoint.AFTER_COMMIT)
    return swept.rang


async def sweep_once(session: AsyncSession, authority: str, now: datetime, batch: int) -> Swept:
    """One batch, in the open transaction: its breaches, its events and its next alarms stand or fall together."""
    found = await session.execute(text(CLAIM.format(batch=batch)), {"authority": authority, "now": now})
    rows = found.all()
    if not rows:
        return Swept()
    pass_by(Crashpoint.AFTER_CLAIM)
    broken = [row for row in rows if _is_breach(row, now)]
    recorded = await _record_breaches(session, authority, broken, now)
    for historic in (False, True):
        told = (_event(row, now) for row in rows if _is_history(row, now) is historic)
        await publish(session, authority, told, now, historic=historic)
    # What was imported as history was late long before it was here.
    late = tuple((now - row.due_at).total_seconds() for row in broken if not row.historic)
    return Swept(len(rows), recorded, late)


async def earliest_alarm(engine: AsyncEngine, authority: str) -> datetime | None:
    """The next instant (UTC) at which the sweep has something to say; None where nothing runs."""
    async with authority_session(engine, authority, read_only=True) as session:
        alarm: datetime | None = await session.scalar(EARLIEST, {"authority": authority})
        return alarm


async def _record_breaches(session: AsyncSession, authority: str, due: list[Row[Any]], now: datetime) -> int:
    if not due:
        return 0
    values = {
        "ids": [row.subject_id for row in due],
        "versions": [row.version for row in due],
        "dues": [row.due_at for row in due],
        "historic": [row.historic for row in due],
    }
    result = await session.execute(RECORD, {"authority": authority, "now": now} | values)
    pass_by(Crashpoint.AFTER_BREACH_INSERT)
    recorded: int = result.rowcount  # type: ignore[attr-defined]
    return max(recorded, 0)


def _is_breach(row: Row[Any], now: datetime) -> bool:
    return bool(row.due_at <= now and row.passing == Passing.BREACH)


def _is_history(row: Row[Any], now: datetime) -> bool:
    return bool(row.historic and row.due_at <= now)


def _event(row: Row[Any], now: datetime) -> DeadlineEvent:
    columns = row._asdict()
    warned_at, historic, passing = (columns.pop(name) for name in ("rang_at", "historic", "passing"))
    if _is_breach(row, now):
        return DeadlineBreached(**columns, historic=historic)
    if row.due_at <= now:
        return DeadlinePassed(**columns, meaning=passing)
    return DeadlineApproaching(**columns, warned_at=warned_at)
