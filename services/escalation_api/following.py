"""Follows the feed for as long as the process lives. Polling is the guarantee: no event is missed, only late."""

import asyncio
import logging
import os
import signal
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from services.escalation_api.reactions import follow
from shared.db.faults import refusal_for
from shared.http.door import Door
from shared.refusals import Unavailable

log = logging.getLogger("duecare.reactions")
POLL = 0.5  # seconds
LONGEST_WAIT = 10.0
STOPS_WITHIN = 5.0
FAILED = 70  # the exit status of a process that could follow no longer


@asynccontextmanager
async def following(door: Door, leave: Callable[[int], object] = os._exit) -> AsyncIterator[None]:
    """Follows the feed beside the service's requests.

    A failure that waiting cannot cure ends the process as a SIGTERM does, and then with a status that says so.
    """
    stop = asyncio.Event()
    task = asyncio.create_task(_keep_following(door, stop), name="escalation_api follows the feed")
    task.add_done_callback(_end_this_process)
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait({task}, timeout=STOPS_WITHIN)
        task.cancel()
        await asyncio.wait({task}, timeout=STOPS_WITHIN)
    if _failure(task):
        leave(FAILED)


async def _keep_following(door: Door, stop: asyncio.Event) -> None:
    wait = POLL
    while not stop.is_set():
        try:
            heard = await follow(door)
            wait = POLL
        except Exception as error:
            if not isinstance(refusal_for(error), Unavailable):
                raise
            log.warning("the database does not answer; trying again in %.1f s", wait)
            heard, wait = 0, min(wait * 2, LONGEST_WAIT)
        if not heard:
            await _pause(stop, wait)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


def _end_this_process(task: asyncio.Task[None]) -> None:
    if error := _failure(task):
        # Where it failed, not the message: that may hold what somebody wrote about a child.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.critical("%s: stopped by %s\n%s", task.get_name(), type(error).__name__, where)
        signal.raise_signal(signal.SIGTERM)


def _failure(task: asyncio.Task[None]) -> BaseException | None:
    return task.exception() if task.done() and not task.cancelled() else None
