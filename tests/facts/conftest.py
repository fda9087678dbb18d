"""A record that tells what happened, bit by bit."""

import pytest

from tests.facts.record import Record
from tests.town import Town


@pytest.fixture
def record(town: Town) -> Record:
    """What the case system of one council tells."""
    return Record(town)
