"""Rows told in bulk: rows per second, of children new to the council and of the same rows again."""

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from shared.clock import FixedClock
from shared.db.migrate import migrate
from shared.db.server import ensure_database
from tests.bulk.sending import bring, row
from tests.town import Town

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Folders:
    """Where the town keeps its keys."""

    def mktemp(self, name: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=name))


def told_of(children: int, prefix: str = "") -> Iterator[dict[str, Any]]:
    """Five rows for each child, whose references begin so."""
    for number in range(children):
        start = date(2026, 1, 1) + timedelta(days=number % 200)
        day = [(start + timedelta(days=days)).isoformat() for days in range(21)]
        name = f"{prefix}{number}"
        period = {"care_period": f"P{name}", "source_version": 1}
        yield row("child", f"C{name}", date_of_birth="2014-05-03", source_version=1)
        yield row("care_period", f"P{name}", child=f"C{name}", started_on=day[0], source_version=1)
        yield row("allocation", f"A{name}", officer="iro-1", allocated_at=f"{day[1]}T09:00:00Z", **period)
        yield row("review", f"R{name}", held_on=day[20], participation="PN1", **period)
        visit = {"kind": "visit.made", "happened_on": day[5], "codes": {"seen": "yes"}, "source_version": 1}
        yield row("fact", f"F{name}", history=f"P{name}", **visit)


async def measure(server: str, children: int) -> None:
    """Print both speeds; `server` is a PostgreSQL where a database of this name may be made."""
    url = ensure_database(server, "duecare_bench_bulk")
    await migrate(url)
    authority = f"BULK-{time.monotonic_ns()}"
    async with Town.founded(url, authority, FixedClock(NOON), Folders(), None) as town:  # type: ignore[arg-type]
        await bring(town, list(told_of(20, "W")))  # what a service does once is no part of its speed
        gc.freeze()  # as `duecare up` does
        for what in ("new", "the same again"):
            begun, cpu = time.monotonic(), time.process_time()
            done = await bring(town, list(told_of(children)))
            seconds, own = time.monotonic() - begun, time.process_time() - cpu
            rows = done["rows"]
            print(
                f"{what}: {rows} rows, {rows / seconds:,.0f} a second; {rows / own:,.0f} a second of our own CPU"
            )


if __name__ == "__main__":
    asyncio.run(measure(sys.argv[1], int(sys.argv[2])))
