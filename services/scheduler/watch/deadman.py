"""Tells somebody outside that all is well, for as long as it is: they raise the alarm when that stops."""

import asyncio
import logging
from dataclasses import dataclass, field

import httpx

from services.scheduler.watch.figures import PINGS
from services.scheduler.watch.pulse import Pulse

log = logging.getLogger("duecare.scheduler")
WITHIN = 10.0  # seconds for one ping


def make_client() -> httpx.AsyncClient:
    """The client for it. The library would write every address into the log, and this one is a secret."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return httpx.AsyncClient(trust_env=False)


@dataclass(slots=True)
class DeadMansSwitch:
    """Pings `url` every `seconds`, if everything was swept and relayed within as long."""

    client: httpx.AsyncClient
    pulse: Pulse
    url: str = field(repr=False)
    seconds: float

    async def pinging(self) -> None:
        """Ping for ever; whatever goes wrong with it is counted and nothing else."""
        while True:
            await asyncio.sleep(self.seconds)
            await self.ping()

    async def ping(self) -> None:
        """One ping, unless there is reason for an alarm. A redirect is no success."""
        if self.pulse.late() > self.seconds:
            PINGS.labels("withheld").inc()
            return
        try:
            async with asyncio.timeout(WITHIN), self.client.stream("GET", self.url) as answer:
                arrived = answer.is_success
        except Exception as error:  # of whatever kind: the scheduler's own work goes on
            log.warning("the dead man's switch could not be reached (%s)", type(error).__name__)
            arrived = False
        PINGS.labels("arrived" if arrived else "failed").inc()
