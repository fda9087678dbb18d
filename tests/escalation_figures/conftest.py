"""A council whose figures are asked for, and a neighbour whose alerts are never among them."""

import pytest

from tests.escalation_figures.office import Office
from tests.escalations.conftest import neighbour, practice, story
from tests.town import Town


@pytest.fixture
def office(town: Town) -> Office:
    return Office(town)


__all__ = ["neighbour", "practice", "story"]
