"""The faults at their full sizes, and a hundred simulated years: `make faults`.

Prints the seed first; DUECARE_SEED=... runs the same dice again. Fails where a test does, or where a kind of fault that
the dice were to bring about never came. ARGS are pytest's.
"""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from services.scheduler.crashpoints import Crashpoint
from tests.faults.awkward import Manner
from tests.faults.chance import noted

SOMETIMES = {
    **{f"killed {point}": 1 for point in Crashpoint if point is not Crashpoint.AFTER_MOVE},
    **{str(manner): 1 for manner in Manner if manner is not Manner.RESETS},
    "killed at any moment": 5,
    "killed by its own hand": 5,
    "killed before the answer": 1,
    "commit whose answer was lost": 200,
    "database process killed": 20,
    "power cut": 10,
    "black hole": 4,
    "answers of 503": 10,
    "answer lost by the receiver": 100,
    "receiver that failed for days": 1,
    "410": 1,
    "schedule exhausted": 1,
    "stream dropped": 200,
    "stalled reader cut": 200,
    "told to end under load": 1,
    "acknowledged by a service that was told to end": 1,
    "told to end while held on to": 1,
    "told to end in silence": 1,
    "events written side by side": 50_000,
    "an alarm that rang again": 2,
    **{f"simulated {rate}": 100 for rate in ("crash", "refusal", "lost_answer", "late_result", "late_clock")},
}
"""How often each must have happened, or nothing was proved by it."""


def main() -> int:
    seed = os.environ.get("DUECARE_SEED") or str(random.randrange(10**9))
    print(f"DUECARE_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        told = {"DUECARE_SEED": seed, "DUECARE_FAULTS": "long", "DUECARE_FAULTS_NOTES": str(notes)}
        failed = _run(sys.argv[1:], told) if sys.argv[1:] else _run_all(told, Path(folder) / "simulation")
        happened = noted(notes)
    for kind, times in sorted(happened.items()):
        print(f"{times:>9,}  {kind}")
    never = (
        {} if sys.argv[1:] else {kind: times for kind, times in SOMETIMES.items() if happened[kind] < times}
    )
    for kind, times in never.items():
        print(f"Too seldom: {kind}, {happened[kind]} times instead of {times}.")
    return failed or len(never)


def _run_all(told: dict[str, str], said: Path) -> int:
    """The faults, which mostly wait, and beside them the simulation, which only computes; its output comes last."""
    with said.open("w") as output, _started(["tests/simulation"], told, output) as simulation:
        failed = _run(["tests/faults"], told)
        simulated = simulation.wait()
    print(said.read_text(), end="", flush=True)
    return failed or simulated


def _run(chosen: list[str], told: dict[str, str]) -> int:
    with _started(chosen, told) as run:
        return run.wait()


def _started(
    chosen: list[str], told: dict[str, str], output: IO[str] | None = None
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "--show-capture=stdout", *chosen]
    return subprocess.Popen(command, env=os.environ | told, stdout=output)


if __name__ == "__main__":
    sys.exit(main())
