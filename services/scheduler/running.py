"""The scheduler's loops for as long as its service lives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.sending import Sender, make_client
from services.scheduler.digests.post import Post
from services.scheduler.digests.rounds import Rounds
from services.scheduler.feed.heads import Heads
from services.scheduler.pace import Pace
from services.scheduler.schedule import Schedule
from services.scheduler.subscriptions.addresses import Addresses
from services.scheduler.watch import deadman
from services.scheduler.watch.agreed_clock import AgreedClock
from services.scheduler.watch.pulse import Pulse
from services.scheduler.watch.vigilance import Vigilance
from services.scheduler.watching import watch
from shared.http.door import Door
from shared.loops import loops_beside


@dataclass(frozen=True, slots=True)
class Parts:
    """What the loops go by, and what they share with the service's requests. `compared`: the door's clock is believed
    only while the database's agrees with it."""

    addresses: Addresses
    compared: bool
    pace: Pace = field(default_factory=Pace)
    post: Post = field(default_factory=Post)
    vigilance: Vigilance = field(default_factory=Vigilance)
    heads: Heads = field(default_factory=Heads)
    pulse: Pulse = field(default_factory=Pulse)
    proclaimed: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def running(door: Door, parts: Parts) -> AsyncIterator[None]:
    """Run the loops beside the service's requests; what is being sent ends last."""
    pace, vigilance = parts.pace, parts.vigilance
    agreed = AgreedClock(door.engine, door.clock, vigilance.calm_seconds) if parts.compared else None
    door = replace(door, clock=agreed or door.clock)
    async with (
        make_client() as client,
        deadman.make_client() as outward,
        loops_beside() as loops,
    ):
        lease, patience = timedelta(seconds=pace.lease_seconds), timedelta(hours=pace.patience_hours)
        lanes = Lanes(door.engine, door.clock, Sender(client, parts.addresses, door.clock), lease, patience)
        schedule = Schedule(
            door, pace, parts.heads, lanes, loops, parts.proclaimed, pulse=parts.pulse, agreed=agreed
        )
        schedule.start()
        watch(schedule, vigilance, outward)
        if parts.post.sends:
            loops.start("digests", Rounds(door, parts.post, pace.digest_seconds).run)
        try:
            yield
        finally:
            await schedule.stop()
