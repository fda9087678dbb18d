"""A story in a town, and a neighbouring council that must see none of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.clock import FixedClock
from shared.timescales import catalogue
from tests.escalations.story import Story
from tests.town import Town

FOUR_STAGES = Path(catalogue.__file__).with_name("four-stages.toml")


@pytest.fixture(scope="session")
def four_stages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second ladder that ships, as this council's own: no quiet word, and silence goes up by itself."""
    path = tmp_path_factory.mktemp("practice") / "four-stages.toml"
    path.write_text(FOUR_STAGES.read_text().replace("E00000000", "E08000014"))
    return path


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
