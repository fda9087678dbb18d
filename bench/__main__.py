"""Runs every measurement and writes one table: `make bench`, or `make bench ARGS="--rows 100000"`."""

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

from bench.engine import engine_rows
from bench.ground import Ground, prepare
from bench.importing import import_rows
from bench.latency import latency_rows
from bench.proclaiming import proclaim_rows
from bench.rebuilding import rebuild_rows
from bench.report import Report, Row
from bench.sweeping import idle_rows, sweep_rows
from shared.db.server import database_server


def main() -> None:
    """Measure on the server that DATABASE_URL names, or on an embedded one in a temporary folder."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        database_server(os.environ.get("DATABASE_URL"), Path(folder) / "duecare") as server,
    ):
        report = asyncio.run(_measure(server, Path(folder), options))
    print(report.table())
    report.write(Path("bench/results.md"))


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
        "--share", type=float, default=1.0, help="of England's caseload to rebuild (default: the whole of it)"
    )
    return parser.parse_args()


async def _measure(server: str, folder: Path, options: argparse.Namespace) -> Report:
    async with prepare(server, options.rows) as ground:
        report = await Report.begin(ground)

        def note(rows: list[Row]) -> None:
            report.rows += rows
            report.take_pace()
            for row in rows:
                print(f"  {row.what}: {row.figure}", flush=True)

        note(engine_rows())
        for measure in (idle_rows, latency_rows, sweep_rows):
            note(await _said(measure, ground))
        note(import_rows(ground, folder, options.return_folder))
        note(await proclaim_rows(ground))
        note(await rebuild_rows(ground, options.share))
    return report


async def _said(measure: object, ground: Ground) -> list[Row]:
    print(f"Measuring {measure.__name__.removesuffix('_rows')} ...", flush=True)  # type: ignore[attr-defined]
    found: list[Row] = await measure(ground)  # type: ignore[operator]
    return found


if __name__ == "__main__":
    main()
