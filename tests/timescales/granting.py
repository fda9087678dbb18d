"""One promise of 20 working days for which anything may be granted, and what the engine says of it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.timescales.catalogue import Catalogue
from shared.timescales.engine import Deadline
from shared.timescales.facts import Fact

from .builders import only, started
from .rows import ROW, written

ALLOWED = 'pause = true\nextension = "8 weeks"\nwaiver = true\n'
START = started("2025-01-06")  # 20 working days: due on Monday 3 February 2025


@cache
def catalogue(allowed: str = ALLOWED, limit: str = "20 working days") -> Catalogue:
    """A catalogue of that one promise."""
    with TemporaryDirectory() as folder:
        return written(Path(folder), ROW.replace("20 working days", limit) + allowed)


def told(*facts: Fact, allowed: str = ALLOWED, limit: str = "20 working days") -> Deadline:
    """Its deadline, with these facts after the start."""
    return only("review-soon", START, *facts, catalogue=catalogue(allowed, limit))
