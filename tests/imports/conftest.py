"""A council without a child, for returns to be brought into."""

from pathlib import Path

import pytest

from tests.imports.returns import Council
from tests.town import Town


@pytest.fixture
def council(town: Town, tmp_path: Path) -> Council:
    """A council of this test's own. It is Monday 23 November 2026."""
    return Council(town, tmp_path / "return")
