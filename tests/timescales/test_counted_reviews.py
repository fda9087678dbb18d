"""A review held as a series of meetings: the day it counts as held, and the day it was completed."""

from datetime import date

import pytest

from shared.timescales.calendar import ProclaimedDay, england
from shared.timescales.engine import Outcome
from shared.timescales.facts import Fact

from .builders import all_of, choosing, fact, held, only, started

CHILD = started("2025-01-06")
BEGAN = fact("review.began", "2025-01-20", 10)  # 20 working days: Monday 17 February 2025
INTIME, LATE = held("2025-02-17", 10), held("2025-02-18", 10)
ALL_AT_ONCE = held("2025-01-20", 10)
BY_COMPLETION = choosing(review_date="completion")


def first_review(*facts: Fact, **also: object) -> tuple[Outcome, date | None]:
    found = only("lac-review-first", CHILD, *facts, **also)
    return found.outcome, found.closed_on


def test_a_series_completed_within_twenty_working_days_counts_on_the_day_of_its_first_meeting() -> None:
    assert first_review(BEGAN, INTIME) == (Outcome.MET, date(2025, 1, 20))
    assert only("lac-review-second", CHILD, BEGAN, INTIME).due_on == date(2025, 4, 20)


def test_one_day_longer_and_it_counts_on_the_day_of_its_completion() -> None:
    assert first_review(BEGAN, LATE) == (Outcome.MET_LATE, date(2025, 2, 18))
    assert only("lac-review-second", CHILD, BEGAN, LATE).due_on == date(2025, 5, 18)


def test_where_the_council_says_completion_it_always_counts_on_that_day() -> None:
    assert first_review(BEGAN, INTIME, catalogue=BY_COMPLETION) == (Outcome.MET_LATE, date(2025, 2, 17))
    second = only("lac-review-second", CHILD, BEGAN, INTIME, catalogue=BY_COMPLETION)
    assert second.due_on == date(2025, 5, 17)


@pytest.mark.parametrize("catalogue", [choosing(), BY_COMPLETION])
def test_a_review_of_one_meeting_counts_on_its_day_under_either_setting(catalogue: object) -> None:
    for facts in ([ALL_AT_ONCE], [BEGAN, ALL_AT_ONCE]):
        assert first_review(*facts, catalogue=catalogue) == (Outcome.MET, date(2025, 1, 20))


def test_the_meetings_of_one_review_say_nothing_of_another() -> None:
    other = held("2025-02-10", 11)
    assert first_review(BEGAN, other) == (Outcome.MET_LATE, date(2025, 2, 10))


def test_a_first_meeting_that_is_told_to_be_after_the_last_is_not_counted_from() -> None:
    after = fact("review.began", "2025-01-27", 10)
    assert first_review(after, ALL_AT_ONCE) == (Outcome.MET, date(2025, 1, 20))


@pytest.mark.parametrize("review", [INTIME, LATE])
def test_decisions_and_records_are_counted_from_the_completion(review: Fact) -> None:
    working_days = {
        "review-decisions-issued": {"2025-02-17": "2025-02-24", "2025-02-18": "2025-02-25"},
        "care-plan-update-after-review": {"2025-02-17": "2025-03-03", "2025-02-18": "2025-03-04"},
        "review-record": {"2025-02-17": "2025-03-10", "2025-02-18": "2025-03-11"},
        "review-record-distribution": {"2025-02-17": "2025-03-17", "2025-02-18": "2025-03-18"},
    }
    for code, due in working_days.items():
        found = only(code, CHILD, BEGAN, review)
        assert (found.starts_on, found.due_on.isoformat()) == (review.on, due[review.on.isoformat()])


def test_a_series_and_an_adjournment_are_met_by_the_completion() -> None:
    adjourned = fact("review.adjourned", "2025-01-27", 10)
    for review, outcome in ((INTIME, Outcome.MET), (LATE, Outcome.MET_LATE)):
        series = only("lac-review-series-of-meetings", CHILD, BEGAN, adjourned, review)
        assert (series.due_on, series.outcome, series.closed_on) == (date(2025, 2, 17), outcome, review.on)
    adjournment = only("lac-review-adjournment", CHILD, BEGAN, adjourned, LATE)
    assert (adjournment.due_on, adjournment.outcome) == (date(2025, 2, 24), Outcome.MET)
    cancelled = only("lac-review-adjournment", CHILD, adjourned, fact("review.cancelled", "2025-02-03", 10))
    assert cancelled.outcome is Outcome.ENDED


def test_a_review_in_progress_is_not_held_yet() -> None:
    assert first_review(BEGAN) == (Outcome.OPEN, None)
    assert all_of("lac-review-second", CHILD, BEGAN) == []


def test_the_twenty_working_days_are_those_of_the_calendar_as_it_was_at_the_completion() -> None:
    day = ProclaimedDay(date(2025, 2, 10), "A day off", date(2025, 2, 3), "Proclamation")
    always = england().with_days([day])
    assert first_review(BEGAN, LATE, calendar=always) == (Outcome.MET, date(2025, 1, 20))
    told_later = england().with_days(
        [ProclaimedDay(day.on, day.name, day.announced_on, day.source, None, date(2025, 2, 19))]
    )
    assert first_review(BEGAN, LATE, calendar=told_later) == (Outcome.MET_LATE, date(2025, 2, 18))
