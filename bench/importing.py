"""Importing an SSDA903 return: rows per second, and the whole of it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.ground import Ground
from bench.made_up_return import write_return
from bench.report import Row

LIMIT = 60


def import_rows(ground: Ground, folder: Path, given: Path) -> list[Row]:
    """The first import, into an authority of its own, and the second, which changes nothing."""
    source = given if given.is_dir() else write_return(folder / "return")
    print("Measuring import ...", flush=True)
    first, summary = _import(ground, source)
    second, _ = _import(ground, source)
    read = sum(summary[part]["read"] for part in ("header", "episodes", "reviews"))
    what = f"import of {'the fake' if given.is_dir() else 'a made-up'} 903 return, {read:,} rows"
    return [
        Row(
            what,
            f"{read / first:,.0f} rows a second, {first:.1f} s in all",
            f"{LIMIT} s in all",
            first <= LIMIT,
        ),
        Row(
            "the same return again, changing nothing", f"{second:.1f} s: ratio {second / first:.2f}", "", None
        ),
    ]


def _import(ground: Ground, source: Path) -> tuple[float, dict[str, dict[str, int]]]:
    duecare = Path(sys.executable).parent / "duecare"
    command = [duecare, "import", "ssda903", str(source), "--json", "--authority", "BENCH-RETURN"]
    begun = time.monotonic()
    done = subprocess.run(
        command, env=os.environ | {"DATABASE_URL": ground.database_url}, capture_output=True, text=True
    )
    seconds = time.monotonic() - begun
    if done.returncode:
        raise RuntimeError(f"The import ended with {done.returncode}: {done.stderr[-500:]}")
    return seconds, json.loads(done.stdout)
