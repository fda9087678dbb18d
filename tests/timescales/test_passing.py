"""Dates whose passing breaks no duty: silence that agrees, and marks to notice."""

from datetime import date, timedelta

import pytest

from shared.timescales.engine import Deadline, Outcome
from shared.timescales.facts import Fact
from shared.timescales.timescale import Passing

from .builders import all_of, ended, fact, held, only, started

ANSWER = "review-decisions-manager-challenge"
ISSUED = started("2025-01-06"), held("2025-03-31", 10), fact("review.decisions_issued", "2025-04-07", 10)


# Silence


def answered(on: str, record: int = 10) -> Deadline:
    return only(ANSWER, *ISSUED, fact("review.decisions_answered", on, record))


def test_the_manager_has_five_working_days_from_the_day_the_decisions_are_issued() -> None:
    silent = only(ANSWER, *ISSUED)
    assert (silent.due_on, silent.outcome, silent.passing) == (
        date(2025, 4, 14),
        Outcome.OPEN,
        Passing.AGREEMENT,
    )
    assert "Silence until then means agreement." in silent.explanation


def test_an_answer_in_time_is_an_answer() -> None:
    answer = answered("2025-04-14")
    assert (answer.outcome, answer.closed_by) == (Outcome.MET, "review.decisions_answered")


@pytest.mark.parametrize("late", ["2025-04-15", "2025-07-01"])
def test_an_answer_after_five_days_of_silence_comes_too_late_to_matter_and_is_no_breach(late: str) -> None:
    answer = answered(late)
    assert (answer.outcome, answer.closed_on, answer.closed_by) == (
        Outcome.PASSED,
        date(2025, 4, 14),
        "agreement",
    )


def test_an_answer_to_another_review_is_no_answer() -> None:
    assert answered("2025-04-08", 11).outcome is Outcome.OPEN


# The length of a plan

PLAN = fact("plan.started", "2025-05-31", 5)
MARKS = {9: "2026-02-28", 15: "2026-08-31", 18: "2026-11-30", 24: "2027-05-31"}


@pytest.mark.parametrize("months", MARKS)
def test_a_plan_has_marks_at_nine_fifteen_eighteen_and_twenty_four_months(months: int) -> None:
    mark = only(f"cp-plan-{months}-months", PLAN)
    assert (mark.due_on.isoformat(), mark.passing) == (MARKS[months], Passing.MARK)
    assert "This is a mark to notice, and no duty is broken when it is reached." in mark.explanation


@pytest.mark.parametrize("months", MARKS)
def test_a_plan_that_ends_by_a_mark_does_not_reach_it(months: int) -> None:
    on = date.fromisoformat(MARKS[months])

    def mark(day: date) -> Deadline:
        return only(f"cp-plan-{months}-months", PLAN, fact("plan.ended", day.isoformat()))

    assert mark(on).outcome is Outcome.MET
    assert (mark(on + timedelta(1)).outcome, mark(on + timedelta(1)).closed_by) == (Outcome.PASSED, "mark")


# Short breaks: 17 days at once, 75 in a year

CHILD = started("2025-01-06", regime="short_breaks")
STAY, YEAR = "shortbreak-stay-17-days", "shortbreak-year-75-days"


def stay(number: int, began: str, end: str | None = None) -> list[Fact]:
    ended_on = [fact("short_break.ended", end, number)] if end else []
    return [fact("short_break.began", began, number), *ended_on]


def test_a_break_of_seventeen_days_is_the_longest() -> None:
    assert only(STAY, CHILD, *stay(5, "2025-03-03")).due_on == date(2025, 3, 20)
    assert only(STAY, CHILD, *stay(5, "2025-03-03", "2025-03-20")).outcome is Outcome.MET
    assert only(STAY, CHILD, *stay(5, "2025-03-03", "2025-03-21")).outcome is Outcome.PASSED


def test_the_nights_of_every_break_are_summed_to_seventy_five() -> None:
    breaks = [CHILD, *stay(5, "2025-02-03", "2025-02-18"), *stay(6, "2025-04-01", "2025-04-16")]  # 15 and 15
    third = all_of(YEAR, *breaks, *stay(7, "2025-06-02"))[2]
    assert (third.due_on - date(2025, 6, 2)).days == 45
    alone = only(YEAR, CHILD, *stay(7, "2025-06-02"))
    assert (alone.due_on - date(2025, 6, 2)).days == 75


def test_nights_of_more_than_a_year_ago_count_no_more() -> None:
    old = stay(5, "2025-02-03", "2025-04-09")  # 65 nights, to that of 8 April
    assert all_of(YEAR, CHILD, *old, *stay(6, "2026-01-05"))[1].due_on == date(2026, 1, 15)
    assert all_of(YEAR, CHILD, *old, *stay(6, "2026-04-09"))[1].due_on == date(2026, 6, 23)
    # From 1 March on each new night lets one of the 39 old ones of 1 March to 8 April go.
    assert all_of(YEAR, CHILD, *old, *stay(6, "2026-03-01"))[1].due_on == date(2026, 5, 15)


def test_a_break_that_began_on_the_day_another_ended_counts_that_night_once() -> None:
    breaks = [CHILD, *stay(5, "2025-02-03", "2025-02-18"), *stay(6, "2025-02-18")]
    assert (all_of(YEAR, *breaks)[1].due_on - date(2025, 2, 18)).days == 60


def test_a_break_that_has_not_ended_takes_no_nights_from_the_next() -> None:
    assert (all_of(YEAR, CHILD, *stay(5, "2025-02-03"), *stay(6, "2025-03-03"))[1].due_on).isoformat() == (
        "2025-05-17"
    )


def test_the_end_of_care_ends_the_marks() -> None:
    for code in (STAY, YEAR):
        assert only(code, CHILD, *stay(5, "2025-03-03"), ended("2025-03-10")).outcome is Outcome.ENDED
