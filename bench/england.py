"""The reads of the day in one council as large as all of England: 85,000 children in care, 600,000 reviews, and no
fewer than 3,000,000 facts, with all the deadlines that these give."""

import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bench.caseload import MadeUp, in_care
from bench.filling import CONFINE, fill
from bench.ground import Ground
from bench.rebuilding import rebuild
from bench.record import PER_OFFICER, record
from bench.report import Row
from bench.servers import answering, ask
from bench.settling import tidy
from services.cli.recount import Recount
from services.cli.verify import AUDITOR, NO_HURRY
from services.scheduler.app import ROLE as SCHEDULER
from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from shared.clock import SystemClock, today
from shared.db.engine import connect
from shared.deadlines.law import law
from shared.settings import Settings

COUNCIL = "BENCH-NATION"
CHILDREN = 85_000
DAYS = 1_050  # seven reviews each, on the average
BATCH, RELAYED = 500, 5_000
GOAL, SECONDS, CONNECTIONS, ADDRESSES = 50.0, 6.0, 1, 200
CLOCK = SystemClock()
COUNTS = text("""
    SELECT (SELECT count(*) FROM child WHERE authority_id = :a) AS children,
           (SELECT count(*) FROM review WHERE authority_id = :a) AS reviews,
           (SELECT count(*) FROM fact WHERE authority_id = :a) AS facts,
           (SELECT count(*) FROM deadline WHERE authority_id = :a) AS deadlines
""")


async def england_rows(ground: Ground, share: float) -> list[Row]:
    """The p95 of each read, for that share of England's children."""
    children = int(CHILDREN * share)
    await _furnish(ground, children)
    size = await _size(ground)
    print("Measuring England ...", flush=True)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        async with answering(ground, Path(folder), ("ours",)) as (ports, issuer):
            token = issuer.token("bench", COUNCIL, Role.CASE_SYSTEM, CLOCK.now())
            for what, addresses in _reads(children).items():
                taken = await ask(ports["ours"], token, SECONDS, addresses, connections=CONNECTIONS)
                figure = f"{taken['p95']:.0f} ms (half of them {taken['p50']:.0f} ms)"
                rows.append(
                    Row(
                        f"{what}, one after another, p95 at {size}",
                        figure,
                        f"{GOAL:.0f} ms",
                        taken["p95"] <= GOAL,
                    )
                )
    return [*rows, await _verified(ground, size)]


def _reads(children: int) -> dict[str, list[str]]:
    chance = random.Random("England")
    numbers = [chance.randrange(children) for _ in range(ADDRESSES)]
    narrowed = ("", "&timescale=lac-review-subsequent", "&basis=statutory", "&overdue=true", "&overdue=false")
    due = [f"/v1/due?days=28{each}" for each in narrowed]
    due += [f"/v1/due?officer=iro-{number // PER_OFFICER}" for number in numbers[:20]]
    return {
        "an officer's day": [f"/v1/caseloads/iro-{number // PER_OFFICER}" for number in numbers],
        "what is due": due,
        "a child's timeline": [f"/v1/children/C-{number}/timeline" for number in numbers],
        "a child's page": [f"/v1/children/C-{number}" for number in numbers],
    }


async def _furnish(ground: Ground, children: int) -> None:
    """Write what was told; the services' own code works out, notices and tells what comes of it."""
    print(f"Writing {children:,} children and all that is told of them ...", flush=True)
    told_at = CLOCK.now() - timedelta(days=2)
    for first in range(0, children, BATCH):
        batch = [_child(number) for number in range(first, min(first + BATCH, children))]
        await fill(ground.owner, COUNCIL, batch, told_at, tidy=False)
        await record(ground, COUNCIL, batch, first)
    await tidy(ground)
    print("Working out what is owed to them ...", flush=True)
    rebuild(ground, COUNCIL)
    print("Noticing what was missed, and telling it ...", flush=True)
    unhurried = connect(ground.database_url, SCHEDULER, name="bench", waits=NO_HURRY)
    await sweep(unhurried, COUNCIL, CLOCK.now())
    await tidy(ground)
    await relay(unhurried, COUNCIL, CLOCK.now(), RELAYED)
    await unhurried.dispose()
    await tidy(ground)


async def _verified(ground: Ground, size: str) -> Row:
    print("Verifying England ...", flush=True)
    began = time.monotonic()
    engine = connect(ground.database_url, AUDITOR, name="bench", waits=NO_HURRY)
    faults = await Recount(engine, law(Settings().practice), CLOCK.now()).count(COUNCIL)
    await engine.dispose()
    figure = f"{sum(faults.values())} faults, counted in {time.monotonic() - began:.0f} s"
    return Row(f"what `duecare verify` finds at {size}", figure, "0 faults", not any(faults.values()))


def _child(number: int) -> MadeUp:
    return in_care(number, today(CLOCK), days=DAYS - 300 + (number * 7919) % 600)


async def _size(ground: Ground) -> str:
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": COUNCIL})
        size = (await connection.execute(COUNTS, {"a": COUNCIL})).one()
    return ", ".join(f"{number:,} {what}" for what, number in size._mapping.items())
