"""The ground to measure on: one authority with many running deadlines, one with few."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import SystemClock
from shared.db.engine import connect
from shared.db.migrate import migrate
from shared.db.server import ensure_database

MANY, FEW = "BENCH-MANY", "BENCH-FEW"
SMALL = 10_000
SPREAD = timedelta(days=1000)

HISTORIES = text("""
    INSERT INTO history (authority_id, id, kind, child_id)
    SELECT :authority, gen_random_uuid(), 'care_period', gen_random_uuid() FROM generate_series(1, :n / 4 + 1)
""")

# Alarms lie evenly over the thousand days after `start`, so that any share of them can be made due.
DEADLINES = text("""
    INSERT INTO deadline
    SELECT :authority, gen_random_uuid(), h.id, h.child_id, 'lac-review-subsequent', gen_random_uuid(), 1, 1,
           due.on_day - 183, NULL, due.on_day, due.at, false, 'open', NULL, NULL, CAST(:reason AS jsonb),
           false, CAST(:start AS timestamptz), ARRAY[due.at], due.at
    FROM (SELECT id, child_id, row_number() OVER () AS n FROM history WHERE authority_id = :authority) h
    CROSS JOIN generate_series(0, 3) AS k
    CROSS JOIN LATERAL (
        SELECT CAST(:start AS timestamptz)
               + CAST(:spread AS interval) * (((h.n * 4 + k) * 7919) % :n + 1) / :n AS at
    ) AS moment
    CROSS JOIN LATERAL (SELECT moment.at, CAST(moment.at AS date) AS on_day) AS due
    WHERE (h.n - 1) * 4 + k < :n
""")
REASON = '["Day 0 is Tue 2 June 2026, when the last review was held.", "Later reviews: within 6 months."]'


@dataclass(frozen=True, slots=True)
class Ground:
    """`start` (UTC) is before every alarm; `rows` deadlines run in MANY, SMALL in FEW."""

    database_url: str
    owner: AsyncEngine
    scheduler: AsyncEngine
    start: datetime
    rows: int


@asynccontextmanager
async def prepare(server: str, rows: int) -> AsyncIterator[Ground]:
    """A new database with its deadlines, dropped at the end."""
    name = f"duecare_bench_{os.getpid()}"
    url = ensure_database(server, name)
    await migrate(url)
    waits = {"statement_timeout": "0"}
    owner = connect(url, None, name="bench", waits=waits)
    scheduler = connect(url, "duecare_scheduler", name="bench")
    ground = Ground(url, owner, scheduler, SystemClock().now().astimezone(UTC) + timedelta(days=30), rows)
    try:
        await _fill(ground)
        yield ground
    finally:
        await scheduler.dispose()
        await owner.dispose()
        await drop(server, name)


async def _fill(ground: Ground) -> None:
    print(f"Writing {ground.rows + SMALL:,} running deadlines ...", flush=True)
    for authority, number in ((MANY, ground.rows), (FEW, SMALL)):
        values = {"authority": authority, "n": number, "start": ground.start}
        async with ground.owner.begin() as connection:
            await connection.execute(
                text("INSERT INTO authority (authority_id, name) VALUES (:a, :a)"), {"a": authority}
            )
            # Names are bound at the level of the transaction for servers where the owner is no superuser.
            await connection.execute(
                text("SELECT set_config('duecare.authority', :a, true)"), {"a": authority}
            )
            await connection.execute(HISTORIES, {"authority": authority, "n": number})
            await connection.execute(DEADLINES, values | {"spread": SPREAD, "reason": REASON})
    async with ground.owner.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM (ANALYZE) deadline"))


async def drop(server: str, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    engine = connect(server, None, name="bench", waits={"statement_timeout": "0"})
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await engine.dispose()
