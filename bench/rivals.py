"""What a team would otherwise pick: a job for each deadline, in APScheduler's SQLAlchemy job store, or scheduled with
procrastinate. Each records its breaches with their events, in turn with the sweep."""

import asyncio
import time
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

import asyncpg
import procrastinate
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import make_url, text

from bench.filling import CONFINE
from bench.ground import MANY, SPREAD, Ground
from bench.report import Row
from services.scheduler.sweep import sweep
from shared.clock import SystemClock

CLOCK = SystemClock()
JOBS, ROUNDS = 2_000, 3
AT_ONCE = 10  # jobs side by side, of procrastinate as of APScheduler's pool of connections

RUNNING = text("""
    SELECT id FROM deadline WHERE authority_id = :a AND outcome = 'open' AND next_alarm_at > :after
    ORDER BY next_alarm_at DESC OFFSET :skipped LIMIT :n
""")
# One transaction a job: what the sweep does for a thousand at once.
RECORD = """
    WITH claimed AS (
        UPDATE deadline SET alarms = '{}', next_alarm_at = NULL WHERE authority_id = $1 AND id = $2
        RETURNING *
    ), breached AS (
        INSERT INTO breach (authority_id, deadline_id, version, due_at, recorded_at, historic)
        SELECT authority_id, id, version, due_at, $3, historic FROM claimed
    )
    INSERT INTO outbox_event (authority_id, id, type, subject_id, child_id, occurred_at, historic, envelope)
    SELECT authority_id, gen_random_uuid(), 'deadline.breached', id, child_id, $3, historic,
           json_build_object('specversion', '1.0', 'type', 'deadline.breached', 'subject', 'deadline/' || id,
               'time', CAST($3 AS timestamptz), 'source', '/duecare/' || authority_id,
               'data', json_build_object('deadline_id', id, 'child_id', child_id, 'history_id', history_id,
                   'timescale', timescale, 'version', version, 'due_on', due_on, 'due_at', due_at))
    FROM claimed
"""


class Work:
    """What the jobs have in common. A job is found by its name, so this is one for all."""

    pool: "asyncpg.Pool[asyncpg.Record]"
    now: datetime
    left = 0
    done: asyncio.Event


async def record(deadline: str) -> None:
    """One deadline's job: its breach and its event, in one transaction."""
    async with Work.pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT set_config('duecare.authority', $1, true)", MANY)
        await connection.execute(RECORD, MANY, UUID(deadline), Work.now)
    Work.left -= 1
    if Work.left == 0:
        Work.done.set()


async def rival_rows(ground: Ground) -> list[Row]:
    """Breaches a second of each, in turn, and ours as a ratio to theirs."""
    plain = make_url(ground.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    Work.pool = await asyncpg.create_pool(plain, min_size=AT_ONCE, max_size=AT_ONCE)
    Work.now = ground.start + SPREAD
    ours, theirs = [], {"APScheduler": [], "procrastinate": []}  # type: ignore[var-annotated]
    try:
        for turn in range(ROUNDS):
            ours.append(await _ours(ground, turn))
            theirs["APScheduler"].append(await _apscheduler(ground, plain, 2 * turn))
            theirs["procrastinate"].append(await _procrastinate(ground, plain, 2 * turn + 1))
    finally:
        await Work.pool.close()
    return [_row(name, median(ours), median(rates)) for name, rates in theirs.items()]


def _row(name: str, ours: float, theirs: float) -> Row:
    what = f"{JOBS:,} breaches recorded with their events, against a job for each deadline in {name}"
    figure = f"{ours:,.0f} a second against {theirs:,.0f}: ratio {ours / theirs:.1f}"
    return Row(what, figure, "ratio at least 30", ours >= 30 * theirs)


async def _ours(ground: Ground, turn: int) -> float:
    due = SPREAD * (JOBS * (turn + 1)) / ground.rows
    begun = time.monotonic()
    return await sweep(ground.scheduler, MANY, ground.start + due) / (time.monotonic() - begun)


async def _jobs(ground: Ground, turn: int) -> list[str]:
    """Deadlines from the far end, which no sweep of this run reaches."""
    Work.left, Work.done = JOBS, asyncio.Event()
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": MANY})
        asked = {"a": MANY, "after": ground.start + SPREAD / 2, "skipped": turn * JOBS, "n": JOBS}
        return [str(found) for found in await connection.scalars(RUNNING, asked)]


async def _apscheduler(ground: Ground, plain: str, turn: int) -> float:
    store = SQLAlchemyJobStore(
        url=plain.replace("postgresql://", "postgresql+psycopg://"), tablename=f"jobs_{turn}"
    )
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    due = CLOCK.now() + timedelta(seconds=1)
    for deadline in await _jobs(ground, turn):
        scheduler.add_job(
            record, "date", run_date=due, args=[deadline], misfire_grace_time=None, max_instances=JOBS
        )
    return await _timed(due, scheduler.resume, lambda: scheduler.shutdown(wait=False))


async def _procrastinate(ground: Ground, plain: str, turn: int) -> float:
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=plain, max_size=AT_ONCE + 2))
    task = app.task(name="record", queue="default")(record)
    async with app.open_async():
        if turn == 1:
            await app.schema_manager.apply_schema_async()
        due = CLOCK.now() + timedelta(seconds=1)
        jobs = [{"deadline": deadline} for deadline in await _jobs(ground, turn)]
        await task.configure(schedule_at=due).batch_defer_async(*jobs)
        working: list[Any] = []

        def begin() -> None:
            worker = app.run_worker_async(
                concurrency=AT_ONCE, install_signal_handlers=False, listen_notify=False
            )
            working.append(asyncio.create_task(worker))

        rate = await _timed(due, begin, lambda: working[0].cancel())
        await asyncio.gather(*working, return_exceptions=True)
        return rate


async def _timed(due: datetime, begin: Any, end: Any) -> float:
    """Jobs a second, from when all are due and somebody begins on them."""
    await asyncio.sleep(max((due - CLOCK.now()).total_seconds(), 0) + 0.1)
    begun = time.monotonic()
    begin()
    await asyncio.wait_for(Work.done.wait(), 300)
    rate = JOBS / (time.monotonic() - begun)
    end()
    return rate
