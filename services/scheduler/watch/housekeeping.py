"""Counts, now and then, what operations want to see. No deadline ever hangs on it."""

import time
from dataclasses import dataclass, field
from datetime import datetime

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.pace import Pace
from services.scheduler.watch.counts import Counted, count, show
from services.scheduler.watch.figures import COUNTED_AGE
from shared.db.faults import is_outage
from shared.loops import Loops


class Onwards(IntervalTrigger):  # type: ignore[misc]
    """Every so often from now on. A plain interval goes through each tick since the last: after a clock that leapt
    ten years ahead, that is minutes in which the whole process stands still."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        onwards: datetime = now + self.interval
        return onwards


@dataclass(slots=True)
class Housekeeping:
    """Ticks on UTC intervals, from memory: nothing here is lost by a crash. `counted` is what was found last, by
    council; `ticked` and `counted_at` are in seconds of a clock that never goes back."""

    engine: AsyncEngine
    pace: Pace
    loops: Loops
    counted: dict[str, Counted] = field(default_factory=dict)
    ticker: AsyncIOScheduler = field(default_factory=lambda: AsyncIOScheduler(timezone="UTC"))
    ticked: float = field(default_factory=time.monotonic)
    counted_at: float = field(default_factory=time.monotonic)
    job: Job | None = None

    def start(self) -> None:
        """Begin to tick."""
        tick = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self.ticker.add_listener(self._failed, EVENT_JOB_ERROR)
        self.job = self.ticker.add_job(self.look, self._trigger(), name="housekeeping", **tick)
        self.ticker.start()
        COUNTED_AGE.set_function(self.age)

    async def look(self) -> None:
        """Count what waits, once. Raises what a failing database raises."""
        self.ticked = time.monotonic()
        self.counted = await count(self.engine)
        self.counted_at = time.monotonic()
        show(self.counted)

    def age(self) -> float:
        """Seconds since what waits could be counted."""
        return time.monotonic() - self.counted_at

    def stop(self) -> None:
        """Tick no more."""
        self.ticker.shutdown(wait=False)

    def rouse(self) -> None:
        """Tick on where the ticker has been silent: it goes by the machine's clock, which may have been set back."""
        if self.job and time.monotonic() - self.ticked > 2 * self.pace.heartbeat_seconds:
            self.ticked = time.monotonic()
            self.job.reschedule(self._trigger())

    def _trigger(self) -> Onwards:
        return Onwards(seconds=self.pace.heartbeat_seconds, timezone="UTC")

    def _failed(self, event: JobExecutionEvent) -> None:
        if not is_outage(event.exception):
            self.loops.fail("housekeeping", event.exception)
