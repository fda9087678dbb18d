"""A council in which an officer and a team manager have children to hear of."""

from pathlib import Path

import pytest

from tests.people.bench import Bench
from tests.town import Town


@pytest.fixture
def practice(told_of_little: Path) -> Path:
    """Few dates, each of them known here."""
    return told_of_little


@pytest.fixture
def bench(town: Town) -> Bench:
    """What is told of officers and children, and what the officers get of it."""
    return Bench(town)
