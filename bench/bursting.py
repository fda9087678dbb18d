"""A great many promises broken at one instant: until the last is in the feed, and until a fast receiver was told."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bench.filling import CONFINE
from bench.ground import MANY, Ground
from bench.report import Row
from bench.swallowing import Swallowing
from bench.using import CLOCK, Running, User, feed_head, p95, services, subscribe

CALM = 10.0  # seconds of using the API before
AHEAD = timedelta(seconds=15)  # until all fall due: time to write them
PATIENCE = 600.0

BROKEN = text("""
    INSERT INTO deadline
    SELECT :authority, gen_random_uuid(), h.id, h.child_id, 'iro-allocation-sefton', gen_random_uuid(), 1, 1,
           CAST(CAST(:at AS timestamptz) AS date) - 3, CAST(:at AS timestamptz) - interval '72 hours',
           CAST(CAST(:at AS timestamptz) AS date), :at, false, 'open', NULL, NULL, '["bench"]', false,
           CAST(:at AS timestamptz) - interval '1 day', ARRAY[CAST(:at AS timestamptz)], :at
    FROM (SELECT id, child_id FROM history WHERE authority_id = :authority LIMIT :n) h
    CROSS JOIN generate_series(1, :each) AS k
    LIMIT :n
""")


async def burst_rows(ground: Ground, breaches: int) -> list[Row]:
    """The feed's time, the webhooks' rate, the scheduler's memory, and the API's p95 before and meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        names = ["reviews_api", "scheduler"]
        async with services(ground, Path(folder), names) as served, Swallowing.listening() as receiver:
            await subscribe(served, MANY, receiver.url)
            return await _measure(ground, served, receiver, breaches)


async def _measure(ground: Ground, served: Running, receiver: Swallowing, breaches: int) -> list[Row]:
    user = User(served, MANY)
    await user.begin()
    before = await user.use_for(CALM)
    await asyncio.sleep(1)  # what that told has been delivered
    memory, start, told = served.memory("scheduler"), await feed_head(ground, MANY), receiver.count
    at = CLOCK.now() + AHEAD
    await _break(ground, at, breaches)
    await asyncio.sleep(max((at - CLOCK.now()).total_seconds(), 0))
    seen, begun = [memory], time.monotonic()
    beside = [asyncio.create_task(user.use_until(lambda: False)), asyncio.create_task(_watch(served, seen))]
    in_feed = await _until(lambda: feed_head(ground, MANY), start + breaches, begun)
    busy_until = len(user.taken)
    in_hand = await _until(receiver.counted, told + breaches, begun)
    for each in beside:
        each.cancel()
    await user.client.aclose()
    calm, busy = p95(user.taken[:before]), p95(user.taken[before:])
    first = p95(user.taken[before:busy_until]) if busy_until - before > 20 else busy
    rate = breaches / in_hand
    grown = max(seen) - memory
    return [
        Row(
            f"{breaches:,} breaches at one instant, at {ground.rows:,} running, until the last is in the feed",
            f"{in_feed:.1f} s, {breaches / in_feed:,.0f} a second",
            f"{breaches / 10_000:.0f} s",
            in_feed <= breaches / 10_000,
        ),
        Row(
            "the same, until a fast receiver has the last webhook",
            f"{in_hand:.0f} s, {rate:,.0f} a second",
            "1,000 a second",
            rate >= 1000,
        ),
        Row("the scheduler's memory meanwhile", f"{grown:+d} MiB on {memory} MiB", "+50 MiB", grown <= 50),
        Row(
            "p95 of the API meanwhile (a review put, a child's page), against before",
            f"{busy:.0f} ms ({first:.0f} ms until the feed has all) against {calm:.0f} ms: ratio {busy / calm:.2f}",
            "ratio at most 2",
            busy <= 2 * calm,
        ),
    ]


async def _break(ground: Ground, at: datetime, breaches: int) -> None:
    each = 4 * breaches // ground.rows + 1
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": MANY})
        await connection.execute(BROKEN, {"authority": MANY, "at": at, "n": breaches, "each": each})


async def _until(count: Callable[[], Awaitable[int]], wanted: int, begun: float) -> float:
    while time.monotonic() - begun < PATIENCE:
        if await count() >= wanted:
            return time.monotonic() - begun
        await asyncio.sleep(0.1)
    raise RuntimeError("The burst did not come to its end.")


async def _watch(served: Running, seen: list[int]) -> None:
    while True:
        seen.append(served.memory("scheduler"))
        await asyncio.sleep(0.5)
