"""A child between two reviews."""

from pathlib import Path

import pytest

from tests.facts.record import Record
from tests.imports.returns import Council
from tests.town import Town


@pytest.fixture
async def record(town: Town) -> Record:
    """A child looked after since September whose first review was held in time, and who was placed on the first day."""
    record = Record(town)
    await record.in_care("2026-09-01")
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2026-09-21"})
    placed = {"care_period": "CP-1", "started_on": "2026-09-01", "placement_type": "foster"}
    await town.put("/v1/placements/PL-1", placed)
    return record


@pytest.fixture
async def protected(record: Record) -> Record:
    """The child is on a protection plan too, since October."""
    await record.town.put("/v1/histories/H-1", {"kind": "protection", "child": "C-1"})
    plan = {"child": "C-1", "started_on": "2026-10-12", "initial_category": "NEG"}
    await record.town.put("/v1/protection_plans/P-1", plan)
    return record


@pytest.fixture
def council(record: Record, tmp_path: Path) -> Council:
    """The same council, when it is counted again."""
    return Council(record.town, tmp_path / "return")
