"""The timelines of a council that is told of little, and a neighbour."""

from pathlib import Path

import pytest

from tests.walls.conftest import neighbour


@pytest.fixture
def practice(told_of_little: Path) -> Path:
    """A council that is told of officers, reviews and midpoint checks: few dates, each of them known here."""
    return told_of_little


__all__ = ["neighbour"]
