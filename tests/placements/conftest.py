"""A child in care since 1 September 2026."""

from pathlib import Path

import pytest

from tests.facts.record import Record
from tests.imports.returns import Council
from tests.town import Town


@pytest.fixture
async def record(town: Town) -> Record:
    """What the case system tells of the child, whose care is CP-1."""
    told = Record(town)
    await told.in_care("2026-09-01")
    return told


@pytest.fixture
def council(town: Town, tmp_path: Path) -> Council:
    """The same council, when it counts again."""
    return Council(town, tmp_path / "return")
