"""A reviewing officer for every child, in time by the clock in hours and by the one in days."""

from datetime import UTC, date, datetime

import pytest

from shared.timescales.engine import Outcome
from shared.timescales.kind import Precision

from .builders import allocated, ended, notified, only, started


def test_the_officer_is_due_seventy_two_hours_after_the_service_is_told() -> None:
    deadline = only("iro-allocation-sefton", started("2025-10-24"), notified("2025-10-24T16:00:00+01:00"))
    assert deadline.due_at == datetime(2025, 10, 27, 15, tzinfo=UTC)
    assert deadline.starts_at == datetime(2025, 10, 24, 15, tzinfo=UTC)
    assert (deadline.due_on, deadline.precision) == (date(2025, 10, 27), Precision.INSTANT)


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        ("2025-10-27T15:00:00+00:00", Outcome.MET),
        ("2025-10-27T15:00:00.000001+00:00", Outcome.MET_LATE),
        ("2025-10-24T16:00:00+01:00", Outcome.MET),
    ],
)
def test_the_very_instant_is_in_time_and_the_next_is_not(at: str, outcome: Outcome) -> None:
    deadline = only("iro-allocation-sefton", notified("2025-10-24T16:00:00+01:00"), allocated(at))
    assert deadline.outcome is outcome


def test_an_officer_allocated_before_the_service_was_told_meets_both_clocks() -> None:
    facts = (
        started("2025-10-24"),
        notified("2025-10-24T16:00:00+01:00"),
        allocated("2025-10-23T09:00:00+01:00"),
    )
    for code in ("iro-allocation-sefton", "iro-allocation-handbook"):
        deadline = only(code, *facts)
        assert (deadline.outcome, deadline.closed_on) == (Outcome.MET, date(2025, 10, 23))


def test_a_second_allocation_changes_nothing() -> None:
    facts = notified("2025-10-24T16:00:00+01:00"), allocated("2025-10-25T09:00:00+01:00", 2)
    late = allocated("2025-12-01T09:00:00+00:00", 3)
    assert only("iro-allocation-sefton", *facts) == only("iro-allocation-sefton", *facts, late)


def test_an_allocation_counts_by_its_london_day_where_the_clock_is_in_days() -> None:
    facts = started("2025-06-23"), allocated("2025-06-30T22:59:59+00:00")
    assert only("iro-allocation-handbook", *facts).due_on == date(2025, 6, 30)
    assert only("iro-allocation-handbook", *facts).outcome is Outcome.MET
    late = started("2025-06-23"), allocated("2025-06-30T23:00:00+00:00")
    assert only("iro-allocation-handbook", *late).outcome is Outcome.MET_LATE


def test_the_service_may_be_told_before_a_planned_admission() -> None:
    facts = started("2025-10-27"), notified("2025-10-24T16:00:00+01:00")
    assert only("iro-allocation-sefton", *facts).outcome is Outcome.OPEN


def test_telling_the_service_twice_starts_one_clock() -> None:
    facts = notified("2025-10-24T16:00:00+01:00"), notified("2025-10-30T16:00:00+00:00")
    assert only("iro-allocation-sefton", *facts).due_on == date(2025, 10, 27)


def test_leaving_care_ends_a_clock_in_hours_by_the_day() -> None:
    told = notified("2025-10-24T16:00:00+01:00")
    assert only("iro-allocation-sefton", told, ended("2025-10-27")).outcome is Outcome.ENDED
    assert only("iro-allocation-sefton", told, ended("2025-10-28")).outcome is Outcome.ENDED_UNMET
