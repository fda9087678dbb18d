"""Counts, now and then, what operations want to see. No deadline ever hangs on it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.figures import OUTBOX_WAITING, UNRECORDED
from services.scheduler.pace import Pace
from shared.clock import Clock
from shared.db.authorities import authorities
from shared.db.faults import is_outage
from shared.db.session import authority_session
from shared.loops import Loops

GRACE = timedelta(seconds=30)  # a breach this late has been missed

WAITING = text("SELECT count(*) FROM outbox_event WHERE authority_id = :authority AND position IS NULL")

# Counted from the dates themselves: this must not believe the alarms that the sweep goes by.
MISSED = text("""
    SELECT count(*) FROM deadline d
    WHERE d.authority_id = :authority AND d.outcome IN ('open', 'met_late', 'ended_unmet') AND d.due_at <= :before
      AND d.passing = 'breach'
      AND NOT EXISTS (
          SELECT FROM breach b
          WHERE b.authority_id = :authority AND b.deadline_id = d.id AND b.version = d.version
            AND b.withdrawn_at IS NULL)
""")


async def count(engine: AsyncEngine, now: datetime) -> tuple[int, int]:
    """How many events wait for their place, and how many broken promises have no breach, over all authorities."""
    waiting = missed = 0
    for authority in await authorities(engine):
        async with authority_session(engine, authority, read_only=True) as session:
            waiting += int(await session.scalar(WAITING, {"authority": authority}) or 0)
            missed += int(await session.scalar(MISSED, {"authority": authority, "before": now - GRACE}) or 0)
    return waiting, missed


@dataclass(slots=True)
class Housekeeping:
    """Ticks on UTC intervals, from memory: nothing here is lost by a crash."""

    engine: AsyncEngine
    clock: Clock
    pace: Pace
    loops: Loops
    ticker: AsyncIOScheduler = field(default_factory=lambda: AsyncIOScheduler(timezone="UTC"))

    def start(self) -> None:
        """Begin to tick."""
        tick = {"trigger": "interval", "misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self.ticker.add_listener(self._failed, EVENT_JOB_ERROR)
        self.ticker.add_job(self._count, seconds=self.pace.heartbeat_seconds, name="heartbeat", **tick)
        self.ticker.start()

    def stop(self) -> None:
        """Tick no more."""
        self.ticker.shutdown(wait=False)

    async def _count(self) -> None:
        waiting, missed = await count(self.engine, self.clock.now())
        OUTBOX_WAITING.set(waiting)
        UNRECORDED.set(missed)

    def _failed(self, event: JobExecutionEvent) -> None:
        if not is_outage(event.exception):
            self.loops.fail("housekeeping", event.exception)
