"""The scheduler's loops for as long as its service lives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.sending import Sender, make_client
from services.scheduler.digests.post import Post
from services.scheduler.digests.rounds import Rounds
from services.scheduler.feed.heads import Heads
from services.scheduler.pace import Pace
from services.scheduler.schedule import Schedule
from services.scheduler.subscriptions.addresses import Addresses
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
) -> AsyncIterator[None]:
    """Run the loops beside the service's requests; what is being sent ends last."""
    async with make_client() as client, loops_beside() as loops:
        lease = timedelta(seconds=pace.lease_seconds)
        lanes = Lanes(door.engine, door.clock, Sender(client, addresses, door.clock), lease)
        schedule = Schedule(door, pace, heads, lanes, loops, proclaimed)
        schedule.start()
        if post.sends:
            loops.start("digests", Rounds(door, post, pace.digest_seconds).run)
        try:
            yield
        finally:
            await schedule.stop()
