"""The officer's check, halfway between one review and the date of the next."""

from datetime import date

from shared.timescales.engine import Outcome

from .builders import all_of, checked, ended, held, only, started

CODE = "iro-midpoint-lac"
FIRST = started("2025-01-06"), held("2025-02-03", 10)


def test_the_first_midpoint_is_halfway_to_the_second_review() -> None:
    assert only(CODE, *FIRST).due_on == date(2025, 3, 19)  # 89 days to 3 May, 44 of them


def test_the_next_midpoint_is_halfway_to_the_review_in_six_months() -> None:
    second = all_of(CODE, *FIRST, held("2025-04-28", 11))[1]
    assert second.due_on == date(2025, 7, 28)  # 183 days to 28 October, 91 of them


def test_a_check_in_time_meets_the_midpoint() -> None:
    deadline = only(CODE, *FIRST, checked("2025-03-19"))
    assert (deadline.outcome, deadline.closed_by) == (Outcome.MET, "midpoint_check.completed")


def test_a_check_after_the_midpoint_is_late() -> None:
    assert only(CODE, *FIRST, checked("2025-03-20")).outcome is Outcome.MET_LATE


def test_the_next_review_ends_a_midpoint_that_nobody_made() -> None:
    early, _ = all_of(CODE, *FIRST, held("2025-03-10", 11))
    late, _ = all_of(CODE, *FIRST, held("2025-04-28", 11))
    assert (early.outcome, early.closed_by) == (Outcome.ENDED, "review.held")
    assert late.outcome is Outcome.ENDED_UNMET


def test_a_check_on_the_day_of_the_next_review_still_counts() -> None:
    first, _ = all_of(CODE, *FIRST, held("2025-04-28", 11), checked("2025-04-28"))
    assert (first.outcome, first.closed_by) == (Outcome.MET_LATE, "midpoint_check.completed")


def test_leaving_care_ends_the_midpoint() -> None:
    assert only(CODE, *FIRST, ended("2025-03-01")).outcome is Outcome.ENDED


def test_a_check_before_the_review_is_not_the_check_after_it() -> None:
    assert only(CODE, *FIRST, checked("2025-02-02")).outcome is Outcome.OPEN


def test_a_review_from_a_return_owes_no_midpoint() -> None:
    assert all_of(CODE, started("2025-01-06"), held("2025-02-03", source="ssda903")) == []


def test_the_midpoint_says_which_review_it_is_halfway_to() -> None:
    line = (
        "The second looked-after review is due by Sat 3 May 2025, 89 days after day 0; "
        "halfway, rounded down, is 44 days."
    )
    assert line in only(CODE, *FIRST).explanation
