"""What can be seen of a scheduler process, from itself and from elsewhere."""

from dataclasses import asdict
from typing import Any

import httpx

from shared.watch.queries import UNKNOWN
from shared.watch.watchman import Watchman
from tests.scheduler.live import Live
from tests.scheduler.process import Process


async def seen_by(live: Live, service: str, late_after: float = 120) -> dict[str, Any]:
    """What one of the council's APIs says of the scheduler."""
    state = live.town.apps[service].state
    if state.watchman.late_seconds != late_after:
        state.watchman = Watchman(state.door.engine, late_after)
    answer = (await live.town.ask(service, "GET", "/readyz")).json()
    return dict(
        answer.get("scheduler") or asdict(UNKNOWN)
    )  # a database whose clock is set may fail to answer once


async def figure(process: Process, name: str) -> float:
    """A figure of the process's own, without labels."""
    async with httpx.AsyncClient() as client:
        lines = (await client.get(f"{process.url}/metrics")).text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))
