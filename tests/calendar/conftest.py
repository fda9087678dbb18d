import pytest

from tests.calendar.almanac import Almanac
from tests.scheduler.conftest import live, real_database_url
from tests.town import Town

__all__ = ["live", "real_database_url"]


@pytest.fixture
async def almanac(town: Town) -> Almanac:
    """The calendar of a council nobody else uses."""
    return Almanac(town)
