"""Many readers of the live feed at once: from the commit of an event until each of them has it."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bench.ground import MANY, Ground
from bench.latency import let_fall_due
from bench.report import Row
from bench.using import CLOCK, feed_head, services
from shared.auth.principal import Role

CLIENTS, EVENTS = 200, 5_000
APART = timedelta(milliseconds=20)
AHEAD = timedelta(seconds=20)  # until the first falls due: time for every client to be there


async def stream_rows(ground: Ground) -> list[Row]:
    """p99 over every event and every client, and whether any client missed one."""
    with tempfile.TemporaryDirectory() as folder:
        async with services(ground, Path(folder), ["scheduler"]) as served:
            memory = served.memory("scheduler")
            after = await feed_head(ground, MANY)
            headers = served.headers(MANY, Role.CASE_SYSTEM)
            listening = await _listen(served.ports["scheduler"], after, headers)
            await let_fall_due(ground, CLOCK.now() + AHEAD, EVENTS, APART)
            said, _ = await asyncio.wait_for(listening.communicate(), 600)
            grown = served.memory("scheduler") - memory
    found = json.loads(said)
    what = f"{CLIENTS} streams, {EVENTS:,} events, {1 / APART.total_seconds():.0f} a second"
    return [
        Row(
            f"{what}: from commit to client, p99 of {found['heard']:,}",
            f"{found['p99']:.0f} ms (half of them {found['p50']:.0f} ms)",
            "250 ms",
            found["p99"] <= 250,
        ),
        Row("events that a stream missed or had out of order", f"{found['gaps']}", "0", found["gaps"] == 0),
        Row("the scheduler's memory for them", f"{grown:+d} MiB on {memory} MiB", "+50 MiB", grown <= 50),
    ]


async def _listen(port: int, after: int, headers: dict[str, str]) -> asyncio.subprocess.Process:
    wanted = [str(each) for each in (port, CLIENTS, EVENTS, after)]
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.listening", *wanted),
        env=os.environ | {"BENCH_AUTHORIZATION": headers["authorization"]},
        stdout=subprocess.PIPE,
    )
