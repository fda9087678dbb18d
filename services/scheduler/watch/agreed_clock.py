"""The time that the scheduler goes by: the database's, for as long as the machine's own clock agrees with it.

In doubt there is no time at all: whoever asks for it gets ClockSuspect and waits, so that nothing is noticed, recorded
or told by a clock that was wrong. See docs/operations.md.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.watch.figures import CLOCK_SKEW, CLOCK_SUSPECT
from services.scheduler.watch.trust import CALM, Doubt, Reading, Trust
from shared.clock import Clock, ClockSuspect
from shared.watch.queries import of_every_council

log = logging.getLogger("duecare.scheduler")
DATABASE_CLOCK = text("SELECT clock_timestamp()")
CONFIRMED = text("SELECT max(seq) AS seq FROM clock_confirmation WHERE authority_id = :authority")
TOO_SLOW = 2.0  # seconds; an answer that took longer says too little of when it was given


class AgreedClock:
    """A Clock. `compare` takes a reading, before each sweep and at each heartbeat. `calm` is for how many seconds the
    clocks must have agreed before a doubt ends."""

    def __init__(
        self,
        engine: AsyncEngine,
        own: Clock,
        calm: float = CALM,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.engine, self.own, self.steady = engine, own, steady
        self.trust = Trust(calm=calm)
        self._known: int | None = None  # the last confirmation from before the doubt

    def now(self) -> datetime:
        """The database's time, never ahead of it. Raises ClockSuspect in doubt, also where the machine's clock was
        set since the last reading."""
        application, steady = self.own.now(), self.steady()
        if not self.trust.doubt and self.trust.stepped(application, steady):
            self._think(self.trust.doubted(Doubt.STEPPED))
        last = self.trust.last
        if last is None or self.trust.doubt:
            raise ClockSuspect(f"The clocks are in doubt ({self.trust.doubt}).")
        return last.database + timedelta(seconds=steady - last.steady)

    async def compare(self) -> None:
        """Take a reading. Raises ClockSuspect while the clocks are in doubt, and what a failing database raises."""
        if reading := await self._reading():
            self._think(self.trust.judge(reading))
            if self.trust.doubt and await self._confirmed():
                log.warning("an operator has confirmed the database's clock")
                self._think(self.trust.confirm(reading))
        if self.trust.doubt:
            raise ClockSuspect(f"The clocks are in doubt ({self.trust.doubt}).")

    async def _reading(self) -> Reading | None:
        async with self.engine.connect() as connection:
            began, before = self.steady(), self.own.now()
            database: datetime = (await connection.execute(DATABASE_CLOCK)).scalar_one()
            steady, after = self.steady(), self.own.now()
        if steady - began > TOO_SLOW:
            return None
        # The database's clock was read at some moment between the two: as far as it lies between, they agree.
        return Reading(min(max(database, before), max(before, after)), database, steady)

    async def _confirmed(self) -> bool:
        """Whether somebody has confirmed the database's clock since the doubt began."""
        newest = max((row.seq or 0 for row in await of_every_council(self.engine, CONFIRMED)), default=0)
        if self._known is None:
            self._known = newest
        return newest > self._known

    def _think(self, trust: Trust) -> None:
        if trust.doubt != self.trust.doubt:
            if trust.doubt:
                log.critical("clock suspect (%s): nothing is recorded or told until it is right", trust.doubt)
            elif self.trust.doubt is not Doubt.NOT_COMPARED:
                log.warning("the clocks agree: what is due is recorded and told")
        if not trust.doubt:
            self._known = None
        self.trust = trust
        CLOCK_SUSPECT.set(bool(trust.doubt))
        if trust.last:
            CLOCK_SKEW.set(trust.last.apart.total_seconds())
