"""Rows told in bulk: rows per second, of children new to the council and of the same rows again."""

import gc
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.ground import Ground
from bench.report import Row
from shared.clock import FixedClock
from tests.bulk.sending import bring, row
from tests.town import Town

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHILDREN = 2_000
GOAL = 2_000  # rows a second


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the town keeps its keys."""

    folder: Path

    def mktemp(self, name: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=name, dir=self.folder))


async def bulk_rows(ground: Ground, folder: Path) -> list[Row]:
    """The first import, into an authority of its own, and the second, which changes nothing."""
    authority = f"BULK-{time.monotonic_ns()}"
    folders: Any = Folders(folder)
    async with Town.founded(ground.database_url, authority, FixedClock(NOON), folders, None) as town:
        await bring(town, list(told_of(20, "W")))  # what a service does once is no part of its speed
        gc.freeze()  # as `duecare up` does
        told = list(told_of(CHILDREN))
        first, again = await _timed(town, told), await _timed(town, told)
    what = f"{len(told):,} rows told in bulk, five of each child"
    met = first.rate >= GOAL
    return [
        Row(what, str(first), f"{GOAL:,} a second", met),
        Row("the same rows again, changing nothing", str(again), "", None),
    ]


@dataclass(frozen=True, slots=True)
class Speed:
    """Rows a second, by the clock and by the processor time of our own process."""

    rate: float
    own: float

    def __str__(self) -> str:
        return f"{self.rate:,.0f} a second; {self.own:,.0f} a second of our own processor time"


async def _timed(town: Town, told: list[dict[str, Any]]) -> Speed:
    begun, own = time.monotonic(), time.process_time()
    done = await bring(town, told)
    if done["accepted"] + done["unchanged"] != len(told):
        raise RuntimeError("Not all rows were taken.")
    return Speed(len(told) / (time.monotonic() - begun), len(told) / (time.process_time() - own))


def told_of(children: int, prefix: str = "") -> Iterator[dict[str, Any]]:
    """Five rows for each child, whose references begin so."""
    for number in range(children):
        start, name = date(2026, 1, 1) + timedelta(days=number % 200), f"{prefix}{number}"
        day = [(start + timedelta(days=days)).isoformat() for days in range(21)]
        period = {"care_period": f"P{name}", "source_version": 1}
        yield row("child", f"C{name}", date_of_birth="2014-05-03", source_version=1)
        yield row("care_period", f"P{name}", child=f"C{name}", started_on=day[0], source_version=1)
        yield row("allocation", f"A{name}", officer="iro-1", allocated_at=f"{day[1]}T09:00:00Z", **period)
        yield row("review", f"R{name}", held_on=day[20], participation="PN1", **period)
        visit = {"kind": "visit.made", "happened_on": day[5], "codes": {"seen": "yes"}, "source_version": 1}
        yield row("fact", f"F{name}", history=f"P{name}", **visit)
