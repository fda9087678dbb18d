"""Rows told in bulk: rows per second, of children new to the council and of the same rows again."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from services.reviews_api.bulk.working import work_off
from shared.clock import FixedClock
from shared.db.migrate import migrate
from shared.db.server import ensure_database
from tests.bulk.sending import row, send
from tests.town import Town

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Folders:
    """Where the town keeps its keys."""

    def mktemp(self, name: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=name))


def told_of(children: int) -> Iterator[dict[str, Any]]:
    """Five rows for each child."""
    for number in range(children):
        start = date(2026, 1, 1) + timedelta(days=number % 200)
        day = [(start + timedelta(days=days)).isoformat() for days in range(21)]
        period = {"care_period": f"P{number}", "source_version": 1}
        yield row("child", f"C{number}", date_of_birth="2014-05-03", source_version=1)
        yield row("care_period", f"P{number}", child=f"C{number}", started_on=day[0], source_version=1)
        yield row("allocation", f"A{number}", officer="iro-1", allocated_at=f"{day[1]}T09:00:00Z", **period)
        yield row("review", f"R{number}", held_on=day[20], participation="PN1", **period)
        visit = {"kind": "visit.made", "happened_on": day[5], "codes": {"seen": "yes"}, "source_version": 1}
        yield row("fact", f"F{number}", history=f"P{number}", **visit)


async def measure(server: str, children: int) -> None:
    """Print both speeds; `server` is a PostgreSQL where a database of this name may be made."""
    url = ensure_database(server, "duecare_bench_bulk")
    await migrate(url)
    authority = f"BULK-{time.monotonic_ns()}"
    async with Town.founded(url, authority, FixedClock(NOON), Folders(), None) as town:  # type: ignore[arg-type]
        door, rows = town.apps["reviews"].state.door, list(told_of(children))
        for what in ("new", "the same again"):
            begun, cpu, done = time.monotonic(), time.process_time(), 0
            taken = await send(town, rows)
            assert taken.status_code == 202, taken.text
            while some := await work_off(door, authority):
                done += some
            seconds, own = time.monotonic() - begun, time.process_time() - cpu
            print(
                f"{what}: {done} rows, {done / seconds:,.0f} a second; {done / own:,.0f} a second of our own CPU"
            )


if __name__ == "__main__":
    asyncio.run(measure(sys.argv[1], int(sys.argv[2])))
