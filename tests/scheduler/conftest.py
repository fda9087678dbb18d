"""The scheduler at a test's disposal."""

import itertools
import os
from collections.abc import AsyncIterator, Iterator

import pytest

from shared.clock import FixedClock, SystemClock
from tests.databases import migrated
from tests.scheduler.bureau import Bureau
from tests.scheduler.live import Live
from tests.town import Town

_numbers = itertools.count(1)


@pytest.fixture
async def bureau(town: Town) -> Bureau:
    """The scheduler of a council nobody else uses."""
    return Bureau(town)


@pytest.fixture
async def next_door(
    town: Town, database_url: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Bureau]:
    """The scheduler's work for another council, in the same database and by the same clock."""
    authority = f"{town.authority}-N"
    async with Town.founded(database_url, authority, clock, tmp_path_factory) as other:
        yield Bureau(other)


@pytest.fixture(scope="module")
def real_database_url(server: str) -> Iterator[str]:
    """A database for schedulers that run as processes: they serve every authority they find in it."""
    with migrated(server, f"duecare_processes_{os.getpid()}") as url:
        yield url


@pytest.fixture
async def live(real_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Live]:
    """A council whose schedulers are processes under the machine's clock."""
    clock = FixedClock(SystemClock().now())
    authority = f"P{os.getpid()}-{next(_numbers)}"
    async with Town.founded(real_database_url, authority, clock, tmp_path_factory) as town:
        yield Live(town)
