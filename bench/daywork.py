"""An officer's day and what is due, against the same statements by hand and against the usual way."""

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench.bare import COUNCIL
from bench.caseload import MadeUp, in_care
from bench.filling import fill
from bench.ground import Ground
from bench.record import PER_OFFICER, record
from bench.report import Row
from bench.servers import CONNECTIONS, answering, ask
from bench.settling import store, sweep_by, tidy
from shared.auth.principal import Role
from shared.clock import SystemClock, today
from shared.deadlines.law import law

CLOCK = SystemClock()
CHILDREN = 5 * PER_OFFICER
ROUNDS, SECONDS, GOAL = 3, 3.0, 0.5
WAYS = ("ours", "bare", "usual")
READS = {
    f"an officer's day, {PER_OFFICER} children": "/v1/caseloads/iro-2",
    "what is due, 50 lines": "/v1/due?limit=50",
}


async def daywork_rows(ground: Ground) -> list[Row]:
    """Both reads, each way in turn, one worker and sixteen connections."""
    await _furnish(ground)
    print("Measuring the day's reads ...", flush=True)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        async with answering(ground, Path(folder), WAYS) as (ports, issuer):
            token = issuer.token("bench", COUNCIL, Role.CASE_SYSTEM, CLOCK.now())
            for what, address in READS.items():
                rates: dict[str, list[float]] = {way: [] for way in WAYS}
                for _ in range(ROUNDS):
                    for way in WAYS:
                        rates[way].append((await ask(ports[way], token, SECONDS, [address]))["rate"])
                rows += _rows(what, rates)
    return rows


def _rows(what: str, rates: dict[str, list[float]]) -> list[Row]:
    ratio, gain = _ratio(rates, "bare"), _ratio(rates, "usual")
    ours = f"{median(rates['ours']):,.0f} a second"
    return [
        Row(
            f"{what}, one worker, {CONNECTIONS} connections, against the same SQL and JSON in bare ASGI on asyncpg",
            f"{ours} against {median(rates['bare']):,.0f}: ratio {ratio:.2f}",
            f"ratio at least {GOAL}",
            ratio >= GOAL,
        ),
        Row(
            "the same, against FastAPI with objects for rows and a model for every line",
            f"{ours} against {median(rates['usual']):,.0f}: ratio {gain:.2f}",
            "",
            None,
        ),
    ]


def _ratio(rates: dict[str, list[float]], other: str) -> float:
    return median(ours / theirs for ours, theirs in zip(rates["ours"], rates[other], strict=True))


async def _furnish(ground: Ground) -> None:
    print(f"Writing {CHILDREN} children with all that is owed to them ...", flush=True)
    batch = made_up(CHILDREN)
    await fill(ground.owner, COUNCIL, batch, CLOCK.now() - timedelta(days=2), tidy=False)
    await record(ground, COUNCIL, batch)
    await store(ground, COUNCIL, batch, law(), explained=True)
    await sweep_by(ground, COUNCIL)
    await tidy(ground)


def made_up(children: int) -> Sequence[MadeUp]:
    """So many children in care, for up to two years."""
    return [in_care(number, today(CLOCK)) for number in range(children)]
