"""Whether this run is the short one or the long one, the seed of its chances, and what it came by.

DUECARE_SEED runs an earlier run again. `make faults` sets DUECARE_FAULTS=long, and reads what the tests noted in the
file that DUECARE_FAULTS_NOTES names.
"""

import os
import random
import zlib
from collections import Counter
from pathlib import Path
from typing import TypeVar

LONG = os.environ.get("DUECARE_FAULTS") == "long"
SEED = int(os.environ.get("DUECARE_SEED") or random.randrange(10**9))
NOTES = os.environ.get("DUECARE_FAULTS_NOTES")

Size = TypeVar("Size")


def size(short: Size, long: Size) -> Size:
    """One of the two, by the profile of this run."""
    return long if LONG else short


class Chance(random.Random):
    """The dice of one test: the same for the same seed, whatever other tests ran."""

    def __init__(self, test: str) -> None:
        super().__init__(SEED ^ zlib.crc32(test.encode()))
        print(f"DUECARE_SEED={SEED}")


def note(kind: str, times: int = 1) -> None:
    """This kind of fault really happened, so many times."""
    if NOTES:
        with Path(NOTES).open("a") as notes:
            notes.write(f"{kind} {times}\n")


def noted(path: Path) -> Counter[str]:
    """How often each kind happened, over all tests of the run."""
    found: Counter[str] = Counter()
    for line in path.read_text().splitlines() if path.exists() else []:
        kind, _, times = line.rpartition(" ")
        found[kind] += int(times)
    return found
