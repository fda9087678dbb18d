"""Which of two facts decides, when one would meet a promise and the other would end it."""

from datetime import date
from pathlib import Path

import pytest

from shared.timescales.catalogue import Catalogue
from shared.timescales.engine import Outcome

from .builders import allocated, ended, fact, held, notified, only, started
from .rows import ROW, written


@pytest.fixture
def hours(tmp_path: Path) -> Catalogue:
    """An officer within 72 hours; telling the service anew ends the clock."""
    row = ROW.replace("20 working days", "72 hours").replace('["5 working days"]', "[]")
    row = row.replace('{ fact = "care_period.started" }', '{ fact = "iro_service.notified", nth = "first" }')
    row = row.replace('["care_period.ended"]', '["iro_service.notified", "care_period.ended"]')
    return written(tmp_path, row.replace("review.held", "iro.allocated"))


TOLD = notified("2025-06-02T09:00:00+01:00")


@pytest.mark.parametrize(
    ("allocated_at", "told_again_at", "outcome"),
    [
        ("2025-06-03T10:00:00+01:00", "2025-06-03T11:00:00+01:00", Outcome.MET),
        ("2025-06-03T11:00:00+01:00", "2025-06-03T10:00:00+01:00", Outcome.ENDED),
        ("2025-06-03T10:00:00+01:00", "2025-06-03T10:00:00+01:00", Outcome.MET),
        ("2025-06-05T10:00:00+01:00", "2025-06-05T11:00:00+01:00", Outcome.MET_LATE),
        ("2025-06-05T11:00:00+01:00", "2025-06-05T10:00:00+01:00", Outcome.ENDED_UNMET),
        ("2025-06-05T08:00:00+01:00", "2025-06-05T08:30:00+01:00", Outcome.MET),
    ],
)
def test_in_hours_the_earlier_instant_decides_and_at_the_same_the_promise_is_kept(
    hours: Catalogue, allocated_at: str, told_again_at: str, outcome: Outcome
) -> None:
    facts = TOLD, allocated(allocated_at), notified(told_again_at)
    assert only("review-soon", *facts, catalogue=hours).outcome is outcome


def test_in_hours_an_end_known_only_to_the_day_is_compared_by_days(hours: Catalogue) -> None:
    for left, outcome in (("2025-06-02", Outcome.ENDED), ("2025-06-03", Outcome.MET)):
        facts = TOLD, allocated("2025-06-03T08:00:00+01:00"), ended(left)
        assert only("review-soon", *facts, catalogue=hours).outcome is outcome


@pytest.mark.parametrize(
    ("reviewed", "left", "outcome", "on"),
    [
        ("2025-02-03", "2025-02-03", Outcome.MET, "2025-02-03"),
        ("2025-02-04", "2025-02-03", Outcome.ENDED, "2025-02-03"),
        ("2025-02-05", "2025-02-04", Outcome.ENDED_UNMET, "2025-02-04"),
        ("2025-02-04", "2025-02-04", Outcome.MET_LATE, "2025-02-04"),
    ],
)
def test_in_days_the_earlier_day_decides_and_on_the_same_the_promise_is_kept(
    reviewed: str, left: str, outcome: Outcome, on: str
) -> None:
    first = only("lac-review-first", started("2025-01-06"), held(reviewed), ended(left))
    assert (first.outcome, first.closed_on) == (outcome, date.fromisoformat(on))


def test_of_several_ends_the_first_is_named() -> None:
    facts = started("2025-01-06"), fact("adoption.placed", "2025-01-20"), ended("2025-01-27")
    first = only("lac-review-first", *facts)
    assert (first.outcome, first.closed_by) == (Outcome.ENDED, "adoption.placed")
