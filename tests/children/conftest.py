"""A child who is known twice: as C-1 since September, and as C-2 since October."""

from pathlib import Path

import pytest

from tests.children.twice import Twice
from tests.imports.returns import Council
from tests.town import Town


@pytest.fixture
async def twice(town: Town) -> Twice:
    """Both records, with something of everything in each."""
    known = Twice(town)
    await known.recorded("1", "2026-06-01", "2026-09-20")
    await known.recorded("2", "2026-10-01", None)
    return known


@pytest.fixture
def council(town: Town, tmp_path: Path) -> Council:
    """The same council, when it counts again, and when a return is brought."""
    return Council(town, tmp_path / "return")
