"""A story in a town, and a neighbouring council that must see none of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.clock import FixedClock
from tests.escalations.story import Story
from tests.town import Town


@pytest.fixture
def practice(told_of_little: Path) -> Path:
    """One breach at a time: these tests are about what becomes of it."""
    return told_of_little


@pytest.fixture
def story(town: Town) -> Story:
    return Story(town)


@pytest.fixture
async def neighbour(
    town: Town, database_url: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory, practice: Path
) -> AsyncIterator[Story]:
    async with Town.founded(database_url, f"{town.authority}-N", clock, tmp_path_factory, practice) as other:
        yield Story(other)
