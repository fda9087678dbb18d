"""Pauses, later dates and waivers: what they do to a date."""

from datetime import date

import pytest

from shared.timescales.calendar import Calendar
from shared.timescales.engine import Deadline, Outcome
from shared.timescales.facts import Fact

from .builders import ended, exempted, fact, fact_at, held, only, paused, started
from .granting import ALLOWED, catalogue, told

# Pauses


def test_the_clock_stands_still_on_the_days_of_a_pause_both_included() -> None:
    assert told(paused("2025-01-13", "2025-01-13", "2025-01-17")).due_on == date(2025, 2, 10)
    assert told(paused("2025-01-13", "2025-01-13", "2025-01-13")).due_on == date(2025, 2, 4)


def test_a_pause_over_the_last_day_leaves_the_days_that_were_left() -> None:
    assert told(paused("2025-01-31", "2025-01-31", "2025-02-14")).due_on == date(2025, 2, 18)


@pytest.mark.parametrize(
    ("first", "until", "due"),
    [
        ("2025-01-11", "2025-01-12", date(2025, 2, 3)),  # a weekend
        ("2025-01-10", "2025-01-13", date(2025, 2, 5)),  # with a Friday and a Monday
        ("2025-01-01", "2025-01-06", date(2025, 2, 3)),  # day 0 does not count anyway
        ("2025-01-01", "2025-01-07", date(2025, 2, 4)),
        ("2025-02-03", "2025-02-03", date(2025, 2, 4)),
        ("2025-02-04", "2025-02-28", date(2025, 2, 3)),  # after the due day
        ("2024-12-01", "2024-12-31", date(2025, 2, 3)),  # before the start
        ("2025-01-20", "2025-01-17", date(2025, 2, 3)),  # no day at all
    ],
)
def test_only_working_days_that_the_clock_would_have_counted_are_given_back(
    first: str, until: str, due: date
) -> None:
    assert told(paused("2025-01-06", first, until)).due_on == due


def test_a_pause_over_a_bank_holiday_gives_back_the_working_days_only() -> None:
    facts = started("2025-04-07"), paused("2025-04-14", "2025-04-14", "2025-04-22")
    assert only("review-soon", facts[0], catalogue=catalogue()).due_on == date(2025, 5, 8)
    assert only("review-soon", *facts, catalogue=catalogue()).due_on == date(2025, 5, 15)


def test_where_days_or_months_are_counted_every_day_is_given_back() -> None:
    pause = paused("2025-01-10", "2025-01-10", "2025-01-13")
    assert told(pause, limit="28 days").due_on == date(2025, 2, 7)
    assert told(pause, limit="1 month").due_on == date(2025, 2, 10)


def test_two_pauses_give_back_the_days_of_both() -> None:
    one = paused("2025-01-08", "2025-01-08", "2025-01-10")
    other = paused("2025-01-20", "2025-01-20", "2025-01-21")
    assert told(one, other).due_on == told(other, one).due_on == date(2025, 2, 10)


def test_a_second_pause_may_touch_days_that_the_first_brought_within_reach() -> None:
    first = paused("2025-01-27", "2025-01-27", "2025-01-31")  # due on Monday 10 February
    assert told(first, paused("2025-02-05", "2025-02-10", "2025-02-11")).due_on == date(2025, 2, 12)


def test_a_day_within_two_pauses_is_given_back_once() -> None:
    one = paused("2025-01-08", "2025-01-08", "2025-01-14")
    other = paused("2025-01-09", "2025-01-10", "2025-01-16")
    assert told(one, other).due_on == told(paused("2025-01-08", "2025-01-08", "2025-01-16")).due_on
    assert told(one, one).due_on == told(one).due_on
    between = paused("2025-01-10", "2025-01-22", "2025-01-23")
    again = paused("2025-01-13", "2025-01-08", "2025-01-14")
    assert told(one, between, again).due_on == told(one, between).due_on


def test_a_pause_may_be_as_long_as_any_fact_can_tell() -> None:
    assert told(paused("2025-01-13", "1900-01-01", "2025-01-07")).due_on == date(2025, 2, 4)
    assert told(paused("2025-01-13", "2025-01-13", "2200-12-31")).due_on.year == 2201


# Later dates


def test_a_later_date_is_the_date_and_at_most_so_long_after_the_first() -> None:
    assert told(exempted("2025-01-20", "2025-02-20")).due_on == date(2025, 2, 20)
    assert told(exempted("2025-01-20", "2025-03-31")).due_on == date(2025, 3, 31)
    assert told(exempted("2025-01-20", "2025-04-01")).due_on == date(2025, 3, 31)


def test_a_second_later_date_is_measured_from_the_first_due_day_too() -> None:
    facts = exempted("2025-01-20", "2025-03-03"), exempted("2025-02-28", "2025-05-30")
    assert told(*facts).due_on == date(2025, 3, 31)


def test_a_later_date_is_limited_in_working_days_where_the_row_says_so() -> None:
    allowed = 'extension = "10 working days"\n'
    assert told(exempted("2025-01-20", "2025-03-03"), allowed=allowed).due_on == date(2025, 2, 17)


def test_a_date_that_is_put_off_is_as_provisional_as_it_was_and_may_become_so() -> None:
    def late(*facts: Fact, calendar: Calendar | None = None) -> Deadline:
        start = started("2028-12-01")  # 20 working days: due on Wednesday 3 January 2029
        return only("review-soon", start, *facts, catalogue=catalogue(), calendar=calendar)

    assert late(exempted("2028-12-04", "2029-01-15")).provisional
    assert late(paused("2028-12-04", "2028-12-11", "2028-12-12")).provisional
    for through, provisional in (("2029-01-04", True), ("2029-01-05", False), ("2029-01-08", False)):
        moved = late(
            paused("2028-12-04", "2028-12-11", "2028-12-12"),
            calendar=Calendar(published_through=date.fromisoformat(through)),
        )
        assert (moved.due_on, moved.provisional) == (date(2029, 1, 5), provisional)


def test_a_date_in_months_that_a_working_day_count_brought_forward_stays_provisional_when_paused() -> None:
    allowed = ALLOWED + 'or_earlier = { fact = "visit.made", limit = "20 working days" }\n'
    facts = started("2028-11-30"), fact("visit.made", "2028-12-15")
    row = catalogue(allowed, "3 months")
    assert only("review-soon", *facts, catalogue=row).provisional
    pause = paused("2028-12-18", "2028-12-18", "2028-12-19")
    assert only("review-soon", *facts, pause, catalogue=row).provisional
    assert not only("review-soon", facts[0], pause, catalogue=row).provisional


def test_nothing_granted_after_the_promise_was_kept_moves_its_date() -> None:
    for late in (exempted("2025-01-21", "2025-02-20"), paused("2025-01-21", "2025-01-13", "2025-01-17")):
        assert told(held("2025-01-20"), late) == told(held("2025-01-20"))
    assert told(held("2025-01-20"), exempted("2025-01-20", "2025-02-20")).due_on == date(2025, 2, 20)


def test_no_date_is_ever_brought_forward() -> None:
    assert told(exempted("2025-01-20", "2025-01-31")).due_on == date(2025, 2, 3)
    assert told(exempted("2025-01-20", "2025-02-20"), exempted("2025-01-21", "2025-02-10")).due_on == date(
        2025, 2, 20
    )


# Waivers


def test_a_promise_that_was_let_go_in_time_is_waived_and_never_late() -> None:
    waived = told(exempted("2025-02-03"))
    assert (waived.outcome, waived.closed_on, waived.due_on) == (
        Outcome.WAIVED,
        date(2025, 2, 3),
        date(2025, 2, 3),
    )
    assert waived.closed_by == "exemption.granted"
    assert told(exempted("2025-02-03"), held("2025-03-03")).outcome is Outcome.WAIVED


def test_what_would_have_brought_the_date_forward_after_it_was_let_go_does_nothing() -> None:
    allowed = ALLOWED + 'or_earlier = { fact = "visit.made" }\n'
    visit = fact("visit.made", "2025-01-15")
    assert told(visit, allowed=allowed).due_on == date(2025, 1, 15)
    waived = told(exempted("2025-01-10"), visit, allowed=allowed)
    assert (waived.outcome, waived.due_on, waived.opened.sooner) == (Outcome.WAIVED, date(2025, 2, 3), None)


def test_a_promise_that_was_kept_before_is_met_and_one_that_had_ended_is_ended() -> None:
    assert told(held("2025-01-20"), exempted("2025-01-27")).outcome is Outcome.MET
    assert told(held("2025-01-20"), exempted("2025-01-13")).outcome is Outcome.MET
    assert told(ended("2025-01-20"), exempted("2025-01-27")).outcome is Outcome.ENDED
    assert told(ended("2025-01-27"), exempted("2025-01-20")).outcome is Outcome.WAIVED


def test_a_child_may_decline_the_interview_after_going_missing() -> None:
    back = fact_at("child.returned", "2025-10-24T16:00:00+01:00")
    waiver = exempted("2025-10-27", code="missing-rhi", anchor=back.record)
    assert only("missing-rhi", back, waiver).outcome is Outcome.WAIVED
