"""Follows the feed for as long as the service lives. Polling is the guarantee: no event is missed, only late."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from services.escalation_api.reactions import follow
from shared.http.door import Door
from shared.loops import loops_beside, waited_out

POLL = 0.5  # seconds


@asynccontextmanager
async def following(door: Door, leave: Callable[[int], object] = os._exit) -> AsyncIterator[None]:
    """Follow the feed beside the service's requests. Cut off between two steps or within one, nothing is lost:
    a step and the place it reached are one transaction."""

    async def keep_following() -> None:
        while True:
            if not await waited_out("reactions", lambda: follow(door)):
                await asyncio.sleep(POLL)

    async with loops_beside(leave) as loops:
        loops.start("escalation_api follows the feed", keep_following)
        yield
