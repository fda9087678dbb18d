"""Many readers of the live feed at once: from the commit of an event until each of them has it."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bench.filling import CONFINE
from bench.ground import MANY, Ground
from bench.report import Row
from bench.using import CLOCK, services
from shared.auth.principal import Role

CLIENTS, EVENTS = 200, 5_000
APART = timedelta(milliseconds=20)
AHEAD = timedelta(seconds=20)  # until the first falls due: time for every client to be there

FALLING_DUE = text("""
    INSERT INTO deadline
    SELECT :authority, gen_random_uuid(), h.id, h.child_id, 'iro-allocation-sefton', gen_random_uuid(), 1, 1,
           CAST(CAST(:first AS timestamptz) AS date) - 3, CAST(:first AS timestamptz) - interval '72 hours',
           CAST(at AS date), at, false, 'open', NULL, NULL, '["bench"]', false,
           CAST(:first AS timestamptz) - interval '1 day', ARRAY[at], at
    FROM (SELECT id, child_id FROM history WHERE authority_id = :authority LIMIT 1) h
    CROSS JOIN generate_series(0, :n - 1) AS k
    CROSS JOIN LATERAL (SELECT CAST(:first AS timestamptz) + k * CAST(:apart AS interval) AS at) AS moment
""")


async def stream_rows(ground: Ground) -> list[Row]:
    """p99 over every event and every client, and whether any client missed one."""
    with tempfile.TemporaryDirectory() as folder:
        async with services(ground, Path(folder), ["scheduler"]) as served:
            memory = served.memory("scheduler")
            listening = await _listen(served.ports["scheduler"], served.headers(MANY, Role.CASE_SYSTEM))
            await _let_fall_due(ground, CLOCK.now() + AHEAD)
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


async def _listen(port: int, headers: dict[str, str]) -> asyncio.subprocess.Process:
    wanted = [str(each) for each in (port, CLIENTS, EVENTS)]
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.listening", *wanted),
        env=os.environ | {"BENCH_AUTHORIZATION": headers["authorization"]},
        stdout=subprocess.PIPE,
    )


async def _let_fall_due(ground: Ground, first: datetime) -> None:
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": MANY})
        await connection.execute(
            FALLING_DUE, {"authority": MANY, "first": first, "n": EVENTS, "apart": APART}
        )
