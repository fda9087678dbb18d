"""The scheduler's loops for as long as its service lives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
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


@asynccontextmanager
async def running(
    door: Door,
    pace: Pace,
    post: Post,
    heads: Heads,
    addresses: Addresses,
    proclaimed: asyncio.Event,
    pulse: Pulse,
    vigilance: Vigilance,
    *,
    compared: bool,
) -> AsyncIterator[None]:
    """Run the loops beside the service's requests; what is being sent ends last. `compared`: the door's clock is
    believed only while the database's agrees with it."""
    agreed = AgreedClock(door.engine, door.clock, vigilance.calm_seconds) if compared else None
    door = replace(door, clock=agreed or door.clock)
    async with (
        make_client() as client,
        deadman.make_client() as outward,
        loops_beside() as loops,
    ):
        lease, patience = timedelta(seconds=pace.lease_seconds), timedelta(hours=pace.patience_hours)
        lanes = Lanes(door.engine, door.clock, Sender(client, addresses, door.clock), lease, patience)
        schedule = Schedule(door, pace, heads, lanes, loops, proclaimed, pulse=pulse, agreed=agreed)
        schedule.start()
        watch(schedule, vigilance, outward)
        if post.sends:
            loops.start("digests", Rounds(door, post, pace.digest_seconds).run)
        try:
            yield
        finally:
            await schedule.stop()
