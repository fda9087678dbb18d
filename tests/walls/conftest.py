"""A second council beside the first."""

import os
from collections.abc import AsyncIterator
from itertools import count

import pytest

from shared.clock import FixedClock
from tests.town import Town

_numbers = count(1)


@pytest.fixture
async def neighbour(
    town: Town, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    """Another council in the same database, whose tokens the same services accept."""
    name = f"N{os.getpid()}-{next(_numbers)}"
    async with Town.founded(town.database_url, name, clock, tmp_path_factory) as other:
        other.issuer = town.issuer
        other.apps = other.apps | town.apps
        yield other
