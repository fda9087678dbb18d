"""What a fault needs: dice, a wire that can be cut, services that can be killed, a server that can be."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.chance import Chance
from tests.faults.proxy import Proxy
from tests.scheduler.conftest import bureau, live, real_database_url
from tests.town import Town


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Chance:
    """The dice of this test, thrown by the seed of the run."""
    return Chance(request.node.name)


@pytest.fixture
async def wire(database_url: str) -> AsyncIterator[Proxy]:
    """The way to this run's database, by way of something that can break."""
    async with Proxy.to(database_url) as proxy:
        yield proxy


__all__ = ["Town", "bureau", "live", "real_database_url"]
