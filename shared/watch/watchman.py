"""Watches the scheduler from whichever process this is."""

import logging
from collections.abc import Iterator
from functools import partial

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.watch.queries import Sighting, overdue_without_breach, sight
from shared.watch.remembered import Remembered

log = logging.getLogger("duecare.watch")
WITHIN = 2.0  # seconds for either question, also where the database is slow


class Watchman:
    """Knows how late the scheduler is, a second ago at most, and what it missed, `count_every` seconds ago at most.
    Says so in the log where it is later than `late_seconds`."""

    def __init__(self, engine: AsyncEngine, late_seconds: float, count_every: float = 10.0) -> None:
        self.late_seconds, self.late = late_seconds, False
        self.seen = Remembered(partial(sight, engine), seconds=1.0, within=WITHIN)
        self.missed = Remembered(partial(overdue_without_breach, engine), seconds=count_every, within=WITHIN)

    async def sighting(self) -> Sighting | None:
        """What is known of the schedulers; None while the database does not say."""
        seen = await self.seen.get()
        if seen:
            self._note(seen.late_seconds)
        return seen

    async def figures(self) -> list[Metric]:
        """For Prometheus. What is not known is left out: an alert can be made of that, and none of an old figure."""
        return list(_figures(await self.sighting(), await self.missed.get()))

    def _note(self, seconds: float | None) -> None:
        late = seconds is None or seconds > self.late_seconds
        if late and not self.late:
            ended = (
                "there has been no full sweep" if seconds is None else f"the last ended {seconds:.0f} s ago"
            )
            log.critical("the scheduler is late: %s", ended)
        elif self.late and not late:
            log.warning("the scheduler sweeps again")
        self.late = late


def _figures(seen: Sighting | None, missed: int | None) -> Iterator[Metric]:
    if seen and seen.late_seconds is not None:
        yield GaugeMetricFamily(
            "duecare_scheduler_age_seconds",
            "Seconds since any scheduler's last full sweep, by the database's clock.",
            seen.late_seconds,
        )
    if missed is not None:
        yield GaugeMetricFamily(
            "duecare_overdue_without_breach",
            "Deadlines past their date with no breach recorded, counted by this process. Must be 0.",
            missed,
        )
