import pytest

from tests.deadlines.desk import Desk
from tests.town import Town


@pytest.fixture
async def desk(town: Town) -> Desk:
    """A desk in a council nobody else uses."""
    return Desk(town)
