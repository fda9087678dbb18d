"""Every worked example of the field's reference, as it is written there."""

from datetime import UTC, date, datetime

import pytest

from shared.timescales.calendar import england
from shared.timescales.counting import counting
from shared.timescales.london import LONDON
from shared.timescales.periods import (
    CalendarDays,
    CalendarMonths,
    ElapsedHours,
    Midpoint,
    WorkingDays,
    parse_period,
)

from .builders import fact, only
from .oracle import weekdays_after


def due_on(start: date, limit: str) -> date:
    period = parse_period(limit)
    assert not isinstance(period, ElapsedHours | Midpoint)
    return period.due(start, england()).on


@pytest.mark.parametrize(
    ("case", "start", "limit", "due"),
    [
        ("1: first review, no holidays", date(2025, 1, 6), "20 working days", date(2025, 2, 3)),
        ("3: conference across Easter and early May", date(2025, 4, 10), "15 working days", date(2025, 5, 6)),
        ("4: conference across Christmas", date(2024, 12, 16), "15 working days", date(2025, 1, 9)),
        ("5: Platinum Jubilee", date(2022, 5, 16), "20 working days", date(2022, 6, 15)),
        ("7: Coronation", date(2023, 4, 17), "20 working days", date(2023, 5, 17)),
        ("9: VE Day, conference", date(2020, 4, 20), "15 working days", date(2020, 5, 12)),
        ("9: VE Day, first review", date(2020, 4, 20), "20 working days", date(2020, 5, 19)),
        ("10: core group over Christmas", date(2025, 12, 22), "10 working days", date(2026, 1, 8)),
        ("12: placement plan at Easter", date(2024, 3, 27), "5 working days", date(2024, 4, 5)),
        ("13: report before a review", date(2025, 5, 6), "3 working days before", date(2025, 4, 30)),
        ("15: month end", date(2025, 8, 31), "6 months", date(2026, 2, 28)),
        ("15: and on from there", date(2026, 2, 28), "6 months", date(2026, 8, 28)),
        ("17: leap clamp, 2024", date(2023, 11, 30), "3 months", date(2024, 2, 29)),
        ("17: leap clamp, 2025", date(2024, 11, 30), "3 months", date(2025, 2, 28)),
        ("19: 3 months", date(2024, 12, 1), "3 months", date(2025, 3, 1)),
        ("19: 91 days", date(2024, 12, 1), "91 days", date(2025, 3, 2)),
        ("21: 6 months", date(2024, 8, 31), "6 months", date(2025, 2, 28)),
        ("21: 183 days", date(2024, 8, 31), "183 days", date(2025, 3, 2)),
        ("22: adoption placement, 4 weeks", date(2025, 3, 1), "4 weeks", date(2025, 3, 29)),
        ("22: 20 working days would be", date(2025, 3, 1), "20 working days", date(2025, 3, 28)),
        ("26: decisions", date(2025, 3, 31), "5 working days", date(2025, 4, 7)),
        ("26: care plan", date(2025, 3, 31), "10 working days", date(2025, 4, 14)),
        ("26: record", date(2025, 3, 31), "15 working days", date(2025, 4, 23)),
        ("26: distribution", date(2025, 3, 31), "20 working days", date(2025, 4, 30)),
    ],
)
def test_the_due_date_is_the_one_in_the_reference(case: str, start: date, limit: str, due: date) -> None:
    assert due_on(start, limit) == due, case


@pytest.mark.parametrize(
    ("start", "limit", "weekends_only", "calendar_days"),
    [
        (date(2025, 1, 6), 20, date(2025, 2, 3), 28),
        (date(2025, 4, 10), 15, date(2025, 5, 1), 26),
        (date(2024, 12, 16), 15, date(2025, 1, 6), 24),
        (date(2022, 5, 16), 20, date(2022, 6, 13), 30),
        (date(2023, 4, 17), 20, date(2023, 5, 15), 30),
        (date(2020, 4, 20), 15, date(2020, 5, 11), 22),
        (date(2020, 4, 20), 20, date(2020, 5, 18), 29),
        (date(2025, 12, 22), 10, date(2026, 1, 5), 17),
        (date(2024, 3, 27), 5, date(2024, 4, 3), 9),
    ],
)
def test_bank_holidays_make_the_difference_that_the_reference_gives(
    start: date, limit: int, weekends_only: date, calendar_days: int
) -> None:
    due = WorkingDays(limit).due(start, england()).on
    assert weekdays_after(start, limit) == weekends_only
    assert (due - start).days == calendar_days


@pytest.mark.parametrize(
    ("start", "months", "days"),
    [
        (date(2025, 8, 31), 6, 181),
        (date(2023, 11, 30), 3, 91),
        (date(2024, 11, 30), 3, 90),
        (date(2024, 12, 1), 3, 90),
        (date(2024, 8, 31), 6, 181),
    ],
)
def test_months_are_as_long_as_the_reference_says(start: date, months: int, days: int) -> None:
    assert (CalendarMonths(months).due(start, england()).on - start).days == days


def test_seventy_two_hours_over_the_autumn_change_end_an_hour_earlier_by_the_clock() -> None:  # example 24
    due = ElapsedHours(72).due(datetime(2025, 10, 24, 16, tzinfo=LONDON))
    assert due.at == datetime(2025, 10, 27, 15, tzinfo=UTC)
    assert due.on == date(2025, 10, 27)


def test_a_report_is_due_before_the_bank_holiday_too() -> None:  # example 13
    due = WorkingDays(3, before=True).due(date(2025, 5, 6), england())
    assert due.on == date(2025, 4, 30)
    report = only("sw-pre-review-report", fact("review.scheduled", "2025-05-06"))
    assert report.due_on == due.on
    assert counting(report.opened) == (
        "Not working days on the way: May Day (Mon 5 May 2025) and 2 weekend days.",
    )


def test_four_stages_of_five_working_days_use_the_whole_twenty() -> None:  # note 27
    day = date(2025, 3, 31)
    for _ in range(4):
        day = WorkingDays(5).due(day, england()).on
    assert day == date(2025, 4, 30)


def test_four_weeks_are_twenty_eight_days() -> None:
    assert parse_period("4 weeks") == CalendarDays(28)


def test_a_child_who_enters_care_on_a_saturday_has_the_whole_of_monday_as_day_one() -> None:  # section 2b
    assert due_on(date(2025, 1, 4), "1 working day") == date(2025, 1, 6)


@pytest.mark.parametrize(
    "closed", [date(2024, 12, 24), date(2024, 12, 27), date(2024, 12, 30), date(2024, 12, 31)]
)
def test_a_day_on_which_the_council_is_shut_is_a_working_day_in_law(closed: date) -> None:
    assert england().is_working_day(closed)


@pytest.mark.parametrize(
    "elsewhere",
    [date(2025, 1, 2), date(2025, 3, 17), date(2024, 7, 12), date(2022, 11, 30), date(2026, 6, 15)],
)
def test_scottish_and_irish_days_do_not_count(elsewhere: date) -> None:
    assert england().is_working_day(elsewhere)
