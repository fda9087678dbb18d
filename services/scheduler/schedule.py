"""What the clock sets off: the sweep, the relay after it, the deliveries after that; what a change of the calendar
does; and some housekeeping.

Each loop sleeps until there is something to do and never longer than its pace allows: bells are hints, polling
is the guarantee.
"""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.scheduler.calendar.mover import Mover
from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.warnings import look_at_failing
from services.scheduler.feed.heads import Heads
from services.scheduler.figures import SWEEP_AGE
from services.scheduler.pace import Pace
from services.scheduler.relay import Writer
from services.scheduler.replays.replaying import carry_on
from services.scheduler.sweep import earliest_alarm, sweep
from services.scheduler.watch.agreed_clock import AgreedClock
from services.scheduler.watch.housekeeping import Housekeeping
from services.scheduler.watch.pulse import Pulse
from shared.db.authorities import authorities
from shared.http.door import Door
from shared.loops import Loops, answers_of_all, for_all, rung, waited_out

LIVELY = 5.0  # seconds after the last event during which the outbox is looked at more often,
SOONER = 5  # so many times as often
AGAIN = timedelta(seconds=1)  # before another look at a council for which the database failed
BLINK = 0.02  # seconds before looking again at an alarm that somebody else holds


@dataclass(slots=True)
class Schedule:
    """The loops of one scheduler. Any number of schedulers may run at once. Before each sweep, `agreed` is compared
    with the database's clock."""

    door: Door
    pace: Pace
    heads: Heads
    lanes: Lanes
    loops: Loops
    proclaimed: asyncio.Event = field(default_factory=asyncio.Event)
    published: asyncio.Event = field(default_factory=asyncio.Event)
    placed: asyncio.Event = field(default_factory=asyncio.Event)
    moved: float = field(default_factory=time.monotonic)
    pulse: Pulse = field(default_factory=Pulse)
    agreed: AgreedClock | None = None
    housekeeping: Housekeeping = field(init=False)
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(self.door.engine, timedelta(seconds=self.pace.hold_seconds))
        self.housekeeping = Housekeeping(self.door.engine, self.pace, self.loops)

    def start(self) -> None:
        """Begin every loop."""
        self.pulse.start()
        SWEEP_AGE.set_function(lambda: self.pulse.age("sweep") or self.pulse.alive)
        work = {
            "sweep": self.sweeping,
            "calendar": self.moving,
            "relay": self.relaying,
            "delivery": self.delivering,
            "replay": self.replaying,
            "warning": self.warning,
        }
        for name, loop in work.items():
            self.loops.start(name, loop)
        self.housekeeping.start()

    async def stop(self) -> None:
        """End every loop, and what is being sent last; the feeds are let go of meanwhile."""
        self.housekeeping.stop()
        await self.loops.close()
        await asyncio.gather(self.writer.let_go(), self.lanes.close())

    async def sweeping(self) -> None:
        """Sweep, then sleep until the next alarm."""
        while True:
            alarm = await waited_out("sweep", self.sweep_all)
            await asyncio.sleep(self._until(alarm))

    async def moving(self) -> None:
        """Make what runs follow the calendar as soon as that has changed."""
        while True:
            await waited_out("calendar", self.move_all)
            await rung(self.proclaimed, self.pace.calendar_seconds)

    async def relaying(self) -> None:
        """Give places as soon as something was published; what other services publish is looked for."""
        while True:
            await waited_out("relay", self.relay_all)
            await rung(self.published, self._until_looked_at())

    async def delivering(self) -> None:
        """Open a lane as soon as something has its place."""
        while True:
            await waited_out("delivery", self.deliver_all)
            await rung(self.placed, self.pace.delivery_seconds)

    async def replaying(self) -> None:
        """Hand out what was asked for again, a stretch at a time."""
        while True:
            if await waited_out("replay", self.replay_all):
                self.placed.set()
            else:
                await asyncio.sleep(self.pace.replay_seconds)

    async def warning(self) -> None:
        """Now and then, warn of whoever nothing reaches; after a standstill, they are tried first."""
        while True:
            await asyncio.sleep(self.pace.warning_seconds)
            await waited_out("warning", self.warn_all)

    async def sweep_all(self) -> datetime | None:
        """Sweep every authority in which something is due; returns the next alarm of them all. Raises ClockSuspect
        while nobody knows what is due."""
        if self.agreed:
            await self.agreed.compare()
        alarms: list[datetime] = []

        async def sweep_one(authority: str) -> None:
            alarm = await self._sweep(authority)
            alarms.extend([alarm] if alarm else [])

        if await for_all("sweep", await authorities(self.door.engine), sweep_one):
            self.pulse.beat("sweep")
        else:
            alarms.append(self.door.clock.now() + AGAIN)
        return min(alarms, default=None)

    async def move_all(self) -> None:
        """Follow every change of every authority's calendar."""
        await for_all("calendar", await authorities(self.door.engine), self._move)

    async def relay_all(self) -> None:
        """Give places in every feed, and wake who waits for them, batch by batch."""
        if await for_all("relay", await authorities(self.door.engine), self._relay):
            self.pulse.beat("relay")

    async def deliver_all(self) -> None:
        """Open a lane wherever something may be sent."""
        await self.lanes.look(*await authorities(self.door.engine))

    async def replay_all(self) -> int:
        """One stretch of every replay of every authority; returns by how many positions they came on."""
        door, batch = self.door, self.pace.replay_batch
        served = await authorities(door.engine)
        return sum(
            await answers_of_all(
                "replay", served, lambda each: carry_on(door.engine, each, door.clock.now(), batch)
            )
        )

    async def warn_all(self) -> None:
        """Warn, in every authority, of the subscriptions that nothing reaches."""
        door, patience = self.door, timedelta(hours=self.pace.patience_hours)

        async def warn(authority: str) -> None:
            await look_at_failing(door.engine, authority, door.clock.now(), patience)

        await for_all("warning", await authorities(door.engine), warn)

    async def _sweep(self, authority: str) -> datetime | None:
        engine, now = self.door.engine, self.door.clock.now()
        alarm = await earliest_alarm(engine, authority)
        if alarm is None or alarm > now:
            return alarm
        if await sweep(engine, authority, now, self.pace.sweep_batch):
            self.published.set()
        return await earliest_alarm(engine, authority)

    async def _move(self, authority: str) -> None:
        door, batch = self.door, self.pace.move_batch
        if await Mover(door.engine, authority, door.law, door.clock, batch).move_all():
            self.published.set()

    async def _relay(self, authority: str) -> None:
        now = self.door.clock.now()
        async for written in self.writer.batches(authority, now, self.pace.relay_batch):
            if self.heads.tell(authority, written.head):
                self.moved = time.monotonic()
                self.placed.set()

    def _until(self, alarm: datetime | None) -> float:
        if alarm is None:
            return self.pace.sweep_seconds
        ahead = (alarm - self.door.clock.now()).total_seconds()
        return min(max(ahead, BLINK if ahead < 0 else 0.0), self.pace.sweep_seconds)

    def _until_looked_at(self) -> float:
        # Where something was told just now, there is often more to come, and somebody who waits for it.
        lively = time.monotonic() < self.moved + LIVELY
        return self.pace.relay_seconds / (SOONER if lively else 1)
