"""An office in which what is due is asked for."""

from pathlib import Path

import pytest

from tests.due.office import Office
from tests.town import Town
from tests.walls.conftest import neighbour


@pytest.fixture
def practice(told_of_little: Path) -> Path:
    """A council that is told of officers, reviews and midpoint checks: few dates, each of them known here."""
    return told_of_little


@pytest.fixture
async def office(town: Town) -> Office:
    """The office of a council nobody else uses."""
    return Office(town)


__all__ = ["neighbour"]
