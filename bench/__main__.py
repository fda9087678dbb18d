"""Runs every measurement and writes one table: `make bench`, or `make bench ARGS="--rows 100000"`."""

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

from bench.bulk import bulk_rows
from bench.bursting import burst_rows
from bench.daywork import daywork_rows
from bench.engine import engine_rows
from bench.england import england_rows
from bench.ground import SMALL, Ground, prepare
from bench.holding import holding_rows
from bench.importing import import_rows
from bench.latency import latency_rows
from bench.proclaiming import proclaim_rows
from bench.rebuilding import rebuild_rows
from bench.report import Row, Section, keep, machine, pace
from bench.rivals import rival_rows
from bench.streaming import stream_rows
from bench.sweeping import idle_rows, sweep_rows
from shared.db.server import database_server

MEASURES = (
    "engine",
    "idle",
    "latency",
    "sweep",
    "import",
    "bulk",
    "proclaim",
    "rebuild",
    "daywork",
    "holding",
    "rivals",
    "streams",
    "burst",
    "england",
)
WHEN_NAMED = "england"  # writing all of England takes hours


def main() -> None:
    """Measure on the server that DATABASE_URL names, or on an embedded one in a temporary folder."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        database_server(os.environ.get("DATABASE_URL"), Path(folder) / "duecare") as server,
    ):
        asyncio.run(_measure(server, Path(folder), options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rows", type=int, default=1_000_000, help="running deadlines (default: 1,000,000)")
    parser.add_argument(
        "--return",
        dest="return_folder",
        type=Path,
        default=Path("../shared/data/ssda903-fake"),
        help="folder of an SSDA903 return; where it is absent, one of the same size is made up",
    )
    parser.add_argument(
        "--share",
        type=float,
        default=1.0,
        help="of England's caseload to rebuild or read (default: the whole of it)",
    )
    parser.add_argument(
        "--breaches", type=int, default=100_000, help="how many at one instant (default: 100,000)"
    )
    parser.add_argument("--only", choices=MEASURES, action="append", help="one measurement; may be repeated")
    return parser.parse_args()


async def _measure(server: str, folder: Path, options: argparse.Namespace) -> None:
    wanted = options.only or [name for name in MEASURES if name != WHEN_NAMED]
    rows = options.rows if {"idle", "latency", "sweep", "burst", "rivals"} & set(wanted) else SMALL
    async with prepare(server, rows) as ground:
        on = await machine(ground)
        for name in (each for each in MEASURES if each in wanted):
            print(f"Measuring {name} ...", flush=True)
            before = pace()
            section = Section(name, await _rows(name, ground, folder, options), before, pace())
            print(section.text(on), flush=True)
            keep(Path("bench/results.md"), section, on)


async def _rows(name: str, ground: Ground, folder: Path, options: argparse.Namespace) -> list[Row]:
    match name:
        case "engine":
            return engine_rows()
        case "idle":
            return await idle_rows(ground)
        case "latency":
            return await latency_rows(ground)
        case "sweep":
            return await sweep_rows(ground)
        case "import":
            return import_rows(ground, folder, options.return_folder)
        case "bulk":
            return await bulk_rows(ground, folder)
        case "proclaim":
            return await proclaim_rows(ground, options.rows)
        case "daywork":
            return await daywork_rows(ground)
        case "holding":
            return await holding_rows(ground)
        case "rivals":
            return await rival_rows(ground)
        case "streams":
            return await stream_rows(ground)
        case "burst":
            return await burst_rows(ground, options.breaches)
        case "england":
            return await england_rows(ground, options.share)
        case _:
            return await rebuild_rows(ground, options.share)


if __name__ == "__main__":
    main()
