"""An office of reviewing officers, and its children."""

import pytest

from tests.town import Town
from tests.workforce.office import Office


@pytest.fixture
def office(town: Town) -> Office:
    """What the case system of one council tells of its officers and children."""
    return Office(town)
