"""Proclaiming a bank holiday while many deadlines run: until the last that it touches has moved, and what whoever
uses the API meanwhile notices of it."""

import asyncio
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from bench.caseload import MadeUp, in_care, on_a_plan
from bench.filling import CONFINE, fill
from bench.ground import Ground
from bench.report import Row
from bench.settling import store, tidy
from bench.using import Running, User, p95, services
from shared.auth.principal import Role
from shared.clock import SystemClock, today
from shared.deadlines.law import law

COUNCIL = "BENCH-PROCLAIMED"
CLOCK = SystemClock()
GOAL = 60
CALM = 20.0  # seconds of using the API before the day is proclaimed
BATCH = 2_000
TOLD_AGO = timedelta(days=2)  # what was told on the very day of a proclamation is looked at as a whole
MOVED = text(
    "SELECT count(*) FROM deadline_revision WHERE authority_id = :a AND superseded_because = 'calendar'"
)
FOLLOWED = text("SELECT count(*) FROM calendar_day WHERE authority_id = :a AND moved_at IS NOT NULL")


async def proclaim_rows(ground: Ground, wanted: int) -> list[Row]:
    """The time until every deadline has moved, and the API's p95 before and meanwhile."""
    running = await _settle(ground, wanted)
    print("Measuring a proclaimed day ...", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        async with services(ground, Path(folder), ["reviews_api", "scheduler"]) as served:
            return await _measure(ground, served, running)


async def _measure(ground: Ground, served: Running, running: int) -> list[Row]:
    user = User(served, COUNCIL)
    await user.begin()
    before = await user.use_for(CALM)
    begun = time.monotonic()
    await _proclaim(served)
    using = asyncio.create_task(user.use_until(lambda: False))
    seconds = await _until_followed(ground, begun)
    using.cancel()
    meanwhile = user.taken[before:]
    calm, busy = p95(user.taken[:before]), p95(meanwhile)
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": COUNCIL})
        moved = await connection.scalar(MOVED, {"a": COUNCIL})
    await user.client.aclose()
    return [
        Row(
            f"a bank holiday proclaimed at {running:,} running deadlines, until all {moved:,} that it moves have moved",
            f"{seconds:.0f} s",
            f"{GOAL} s",
            seconds <= GOAL,
        ),
        Row(
            "p95 of the API meanwhile (a review put, a child's page), against before",
            f"{busy:.0f} ms against {calm:.0f} ms: ratio {busy / calm:.2f}",
            "ratio at most 2",
            busy <= 2 * calm,
        ),
    ]


async def _until_followed(ground: Ground, begun: float) -> float:
    while time.monotonic() - begun < 20 * GOAL:
        async with ground.owner.begin() as connection:
            await connection.execute(CONFINE, {"a": COUNCIL})
            if await connection.scalar(FOLLOWED, {"a": COUNCIL}):
                return time.monotonic() - begun
        await asyncio.sleep(0.2)
    raise RuntimeError("The day was not followed to its end.")


async def _proclaim(served: Running) -> None:
    day = today(CLOCK) + timedelta(days=9)
    while day.weekday() > 3:
        day += timedelta(days=1)
    body = {
        "on": day.isoformat(),
        "name": "A day of thanks",
        "announced_on": today(CLOCK).isoformat(),
        "source": "Royal Proclamation",
    }
    async with served.client("scheduler", COUNCIL, Role.OPERATOR) as client:
        answer = await client.post("/v1/calendar/days", json=body, headers={"idempotency-key": "bench"})
        answer.raise_for_status()


async def _settle(ground: Ground, wanted: int) -> int:
    """Write children and plans with all their deadlines until so many run as are wanted; returns how many do."""
    print(f"Writing {wanted:,} running deadlines with their facts ...", flush=True)
    rules, running = law(), 0
    coming = _endless(today(CLOCK))
    while running < wanted:
        batch = list(islice(coming, BATCH))
        await fill(ground.owner, COUNCIL, batch, CLOCK.now() - TOLD_AGO, tidy=False)
        running += await store(ground, COUNCIL, batch, rules)
    await tidy(ground)
    return running


def _endless(day: date) -> Iterable[MadeUp]:
    number = 0
    while True:
        number += 1
        yield in_care(number, day, days=5 + number % 230) if number % 3 else on_a_plan(number, day)
