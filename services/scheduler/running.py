"""The scheduler's loops for as long as its service lives."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.sending import Sender, make_client
from services.scheduler.feed.heads import Heads
from services.scheduler.loops import Loops
from services.scheduler.pace import Pace
from services.scheduler.schedule import Schedule
from services.scheduler.subscriptions.addresses import Addresses
from shared.http.door import Door

FAILED = 70  # the exit status of a scheduler that stopped because a loop failed


@asynccontextmanager
async def running(door: Door, pace: Pace, heads: Heads, addresses: Addresses) -> AsyncIterator[None]:
    """Run the loops; when one fails, the service ends as for a SIGTERM, and then with a status that says so."""
    loops = Loops(stop=_end_this_service)
    async with make_client() as client:
        lanes = Lanes(
            door.engine,
            door.clock,
            Sender(client, addresses, door.clock),
            timedelta(seconds=pace.lease_seconds),
        )
        stopped = asyncio.Event()
        schedule = asyncio.create_task(
            Schedule(door, pace, heads, lanes, loops).run_until(stopped), name="schedule"
        )
        try:
            yield
        finally:
            stopped.set()
            await schedule
    if loops.failed:
        os._exit(FAILED)


def _end_this_service() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
