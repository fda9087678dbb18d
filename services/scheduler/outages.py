"""A database that is away is waited for; any other error is not this process's to survive."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from services.scheduler.figures import OUTAGES
from shared.db.faults import CONNECTION, CONTENTION, refusal_for
from shared.refusals import Unavailable

log = logging.getLogger("duecare.scheduler")
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds

Answer = TypeVar("Answer")


def is_outage(error: BaseException) -> bool:
    """Whether the error says no more than: the database cannot do it now."""
    if isinstance(error, (asyncpg.PostgresError, asyncpg.InterfaceError)):  # raised while connecting
        return str(getattr(error, "sqlstate", None) or "08").startswith((*CONNECTION, *CONTENTION))
    return isinstance(refusal_for(error), Unavailable)


async def waited_out(loop: str, work: Callable[[], Awaitable[Answer]]) -> Answer:
    """The work's answer, tried again with growing pauses for as long as the database is away."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_outage(error):
                raise
            log.warning("the database is away; %s waits %.1f s (%s)", loop, pause, type(error).__name__)
        OUTAGES.labels(loop).inc()
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
