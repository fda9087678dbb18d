"""The engine by itself: a child's ten years against the whole catalogue."""

import gc
import time
from datetime import date
from statistics import median, quantiles

from bench.caseload import in_care
from bench.report import Row
from shared.timescales.calendar import england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.engine import deadlines

CHILDREN, ROUNDS = 200, 3
TODAY = date(2026, 11, 23)


def engine_rows() -> list[Row]:
    """Median and p99 in milliseconds, of children who have each been in care for ten years."""
    print("Measuring engine ...", flush=True)
    catalogue, calendar = load_catalogue(), england()
    histories = [in_care(number, TODAY, days=3650).facts for number in range(CHILDREN)]
    owed = [len(deadlines(facts, catalogue, calendar)) for facts in histories]
    taken = []
    gc.collect()
    for _ in range(ROUNDS):
        for facts in histories:
            begun = time.perf_counter()
            deadlines(facts, catalogue, calendar)
            taken.append((time.perf_counter() - begun) * 1000)
    middle, last = median(taken), quantiles(taken, n=100)[98]
    what = (
        f"engine: ten years in care, {median(map(len, histories)):.0f} facts against "
        f"{len(catalogue.timescales)} timescales, {median(owed):.0f} deadlines"
    )
    return [
        Row(f"{what}, median", f"{middle:.2f} ms", "2 ms", middle <= 2),
        Row("the same, p99", f"{last:.2f} ms", "5 ms", last <= 5),
    ]
