"""A desk at which reviews are recorded."""

import pytest

from tests.reviews.desk import Desk
from tests.town import Town


@pytest.fixture
def desk(town: Town) -> Desk:
    """A council of this test's own. It is Monday 23 November 2026."""
    return Desk(town)
