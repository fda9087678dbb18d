"""A town, an officer with a child in care, and a neighbouring council that must see none of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.clock import FixedClock
from tests.cafcass.casework import Casework
from tests.escalations.story import Story
from tests.town import Town


@pytest.fixture
def practice(told_of_little: Path) -> Path:
    """Sefton's ladder, which wants a second person to approve a referral, and few clocks besides."""
    return told_of_little


@pytest.fixture
def casework(town: Town) -> Casework:
    return Casework(Story(town))


@pytest.fixture
async def neighbour(
    town: Town, database_url: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory, practice: Path
) -> AsyncIterator[Casework]:
    async with Town.founded(database_url, f"{town.authority}-N", clock, tmp_path_factory, practice) as other:
        yield Casework(Story(other))


@pytest.fixture
async def reachable(
    town: Town, database_url: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory, practice: Path
) -> AsyncIterator[Casework]:
    """A council that has set how its officers are reached."""
    contacts = {
        "officer_contact": "Reviewing service, 0151 496 0001",
        "manager_contact": "Its manager, 0151 496 0002",
        "cafcass_contact": "Duty line, 0151 496 0003",
    }
    async with Town.founded(
        database_url, f"{town.authority}-R", clock, tmp_path_factory, practice, **contacts
    ) as other:
        yield Casework(Story(other))
