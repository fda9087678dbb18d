"""Rebuilding every deadline of a caseload of England's size: from the facts alone, and once more when all is there."""

import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import text

from bench.caseload import caseload
from bench.filling import fill
from bench.ground import Ground
from bench.report import Row
from shared.clock import SystemClock, today

COUNCIL = "BENCH-ENGLAND"
CHILDREN, PLANS = 85_000, 50_000
GOAL = 600


async def rebuild_rows(ground: Ground, share: float) -> list[Row]:
    """Both rebuilds, for that share of England's caseload; the goal is for the whole."""
    children, plans = int(CHILDREN * share), int(PLANS * share)
    clock = SystemClock()
    print(f"Writing {children + plans:,} histories ...", flush=True)
    facts = await fill(ground.owner, COUNCIL, caseload(children, plans, today(clock)), clock.now())
    print("Measuring rebuild ...", flush=True)
    built, memory = rebuild(ground, COUNCIL)
    async with ground.owner.connect() as connection:
        await connection.execute(text("SELECT set_config('duecare.authority', :a, true)"), {"a": COUNCIL})
        count = await connection.scalar(
            text("SELECT count(*) FROM deadline WHERE authority_id = :a"), {"a": COUNCIL}
        )
    again, memory_again = rebuild(ground, COUNCIL, "--all")
    what = f"{children:,} children in care and {plans:,} on plans, {facts:,} facts, {count:,} deadlines"
    return [
        _row(f"rebuild of {what}, all there and compared", again, memory_again, share),
        _row("the same from the facts alone, every deadline opened", built, memory, share),
    ]


def _row(what: str, seconds: float, memory: int, share: float) -> Row:
    figure = f"{seconds:.0f} s on 2 workers, the larger of them {memory} MiB"
    return Row(what, figure, f"{GOAL * share:.0f} s", seconds <= GOAL * share)


def rebuild(ground: Ground, council: str, *options: str) -> tuple[float, int]:
    """`duecare rebuild` of one council: how long it took, and the most memory that one process of it held, in MiB."""
    command = [Path(sys.executable).parent / "duecare", "rebuild", "--authority", council, *options]
    begun = time.monotonic()
    done = subprocess.Popen(
        command,
        env=os.environ | {"DATABASE_URL": ground.database_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said, _ = done.communicate()
    seconds = time.monotonic() - begun
    if done.returncode or not re.search(r"Looked at", said):
        raise RuntimeError(f"The rebuild ended with {done.returncode}: {said[-500:]}")
    return seconds, _largest_child()


def _largest_child() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
