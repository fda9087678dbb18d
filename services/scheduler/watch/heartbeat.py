"""Writes a sign of life for every council, under the scheduler's own role and by the database's clock."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.watch.agreed_clock import AgreedClock
from services.scheduler.watch.housekeeping import Housekeeping
from services.scheduler.watch.pulse import Pulse
from shared.clock import ClockSuspect
from shared.db.authorities import authorities
from shared.db.base import new_id
from shared.db.session import authority_session
from shared.loops import for_all, waited_out

LIGHTLY = text("SET LOCAL synchronous_commit = off")
BEAT = text("""
    WITH gone AS (
        DELETE FROM heartbeat
        WHERE authority_id = :authority AND instance <> :instance
          AND ticked_at < clock_timestamp() - interval '1 day'
    )
    INSERT INTO heartbeat (authority_id, instance, started_at, ticked_at, swept_at, behind_seconds, events_waiting,
                           deliveries_waiting, clock_suspect)
    SELECT :authority, :instance, clock_timestamp() - make_interval(secs => :alive), clock_timestamp(),
           clock_timestamp() - make_interval(secs => :swept),
           (SELECT coalesce(greatest(0, extract(epoch FROM clock_timestamp() - min(next_alarm_at))), 0)
            FROM deadline WHERE authority_id = :authority),
           :events, :deliveries, :suspect
    ON CONFLICT (authority_id, instance) DO UPDATE
    SET ticked_at = excluded.ticked_at, swept_at = excluded.swept_at, behind_seconds = excluded.behind_seconds,
        events_waiting = excluded.events_waiting, deliveries_waiting = excluded.deliveries_waiting,
        clock_suspect = excluded.clock_suspect
""")


@dataclass(slots=True)
class Heartbeat:
    """One scheduler's. `clock` is None where it goes by a clock that needs no comparing."""

    engine: AsyncEngine
    pulse: Pulse
    housekeeping: Housekeeping
    clock: AgreedClock | None = None
    instance: UUID = field(default_factory=new_id)

    async def beating(self, seconds: float) -> None:
        """Beat for ever, so many seconds apart. Nothing here goes by a clock that can be set."""
        while True:
            await waited_out("heartbeat", self.beat)
            self.housekeeping.rouse()
            await asyncio.sleep(seconds)

    async def beat(self) -> None:
        """One sign of life, for every council. Raises what a failing database raises."""
        suspect = await self._suspect()

        async def beat_one(authority: str) -> None:
            async with authority_session(self.engine, authority) as session:
                await session.execute(LIGHTLY)
                await session.execute(BEAT, self._of(authority) | {"suspect": suspect})

        await for_all("heartbeat", await authorities(self.engine), beat_one)

    def _of(self, authority: str) -> dict[str, Any]:
        counted = self.housekeeping.counted.get(authority)
        return {
            "authority": authority,
            "instance": self.instance,
            "alive": self.pulse.alive,
            "swept": self.pulse.age("sweep"),
            "events": counted.events_waiting if counted else 0,
            "deliveries": counted.deliveries_waiting if counted else 0,
        }

    async def _suspect(self) -> bool:
        try:
            if self.clock:
                await self.clock.compare()
        except ClockSuspect:
            return True
        return False
