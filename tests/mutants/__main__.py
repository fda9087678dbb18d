"""Plants one bug at a time in a copy of the project, and looks whether the tests notice: `make mutants`.

One line for each: by which test it was caught. Ends with 0 only if all were. ARGS="naive cursor" tries those whose name
holds the words.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from shared.db.server import database_server
from tests.mutants.planted import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
PARTS = (
    "services",
    "shared",
    "migrations",
    "tests",
    "bench",
    "pyproject.toml",
    "Makefile",
    "README.md",
    "docs",
)
AT_ONCE = 2
WITHIN = 300  # seconds for one
FOUND = re.compile(r"^FAILED (\S+)", re.MULTILINE)


class NoLongerApplies(Exception):
    """What a mutant changes does not stand in its file, or stands there more than once."""


def main() -> int:
    """The number of mutants that nobody noticed."""
    words = " ".join(sys.argv[1:])
    chosen = [each for each in MUTANTS if words in each.name]
    for each in chosen:
        planted(each, ROOT)
    with (
        tempfile.TemporaryDirectory() as folder,
        database_server(os.environ.get("DATABASE_URL"), Path(folder) / "server") as url,
        ThreadPoolExecutor(AT_ONCE) as runners,
    ):
        if not _is_green(url, chosen):
            return 1
        caught = list(runners.map(lambda each: _is_caught(each, url), chosen))
    print(f"{sum(caught)} of {len(chosen)} mutants caught.")
    return len(chosen) - sum(caught)


def _is_green(url: str, chosen: list[Mutant]) -> bool:
    """Without any mutant the same tests must pass: what is red anyway proves nothing."""
    tests = sorted({test for each in chosen for test in each.tests})
    with _copy() as tree:
        done = _pytest(tree, url, *tests, "-n", str(AT_ONCE))
    if done.returncode:
        print(done.stdout[-4000:], "These tests are red before anything was planted.", sep="\n")
    return not done.returncode


def _is_caught(mutant: Mutant, url: str) -> bool:
    with _copy() as tree:
        (tree / mutant.file).write_text(planted(mutant, tree))
        try:
            done = _pytest(tree, url, *mutant.tests, "-x", "-p", "no:xdist")
        except subprocess.TimeoutExpired:
            print(f"MISSED  {mutant.name}: its tests did not end within {WITHIN} s", flush=True)
            return False
    found = FOUND.search(done.stdout)
    # 1: tests ran, and some failed. Anything else would also be said of a mutant that does not even load.
    caught = done.returncode == 1 and found is not None
    by = found[1] if caught and found else f"(pytest ended with {done.returncode}) {done.stdout[-1500:]}"
    print(f"{'caught ' if caught else 'MISSED '} {mutant.name}: {by}", flush=True)
    return caught


def planted(mutant: Mutant, tree: Path) -> str:
    """The file with the bug in it. Raises NoLongerApplies."""
    text = (tree / mutant.file).read_text()
    for old, new in mutant.changes:
        if (times := text.count(old)) != 1:
            raise NoLongerApplies(f"{mutant.name}: in {mutant.file} there is {times} times {old!r}")
        text = text.replace(old, new)
    return text


@contextmanager
def _copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(
                    ROOT / part, Path(folder) / part, ignore=shutil.ignore_patterns("__pycache__")
                )
            elif (ROOT / part).exists():
                shutil.copy(ROOT / part, folder)
        yield Path(folder)


def _pytest(tree: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Run as a module, Python looks first in the folder it stands in: the copy.
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--show-capture=no",
        "--tb=short",
        "-rf",
        "-p",
        "no:cacheprovider",
        *arguments,
    ]
    environment = os.environ | {"DATABASE_URL": url, "DUECARE_FAULTS": "", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=WITHIN
    )


if __name__ == "__main__":
    sys.exit(main())
