"""The oracle itself, against the lists typed by hand and every worked date of the field's reference."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from .oracle import (
    BANK_HOLIDAYS,
    ONE,
    PUBLISHED,
    bank_holidays,
    clock_changes,
    corresponding_date,
    easter,
    hours_after,
    is_summer_time,
    london_day,
    london_day_ends,
    nth_day,
    nth_working_day,
    nth_working_day_before,
    weekdays_after,
    working_days_in,
)
from .oracle_rows import (
    DUE,
    OTHERWISE,
    SINCE,
    due,
    due_midpoint,
    due_prebirth,
    due_rolling_75,
)
from .oracle_uncounted import SAME_CLOCK, UNCOUNTED

LONDON = ZoneInfo("Europe/London")
YEARS = range(2011, 2042)


# The calendar


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_rules_give_the_published_holidays(year: int) -> None:
    assert bank_holidays(year) == {day for day in BANK_HOLIDAYS if day.year == year}


def test_easter_is_where_it_was_and_will_be() -> None:
    sundays = [date(2011, 4, 24), date(2016, 3, 27), date(2035, 3, 25), date(2038, 4, 25), date(2041, 4, 21)]
    assert [easter(sunday.year) for sunday in sundays] == sundays


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2011, "3.1 22.4 25.4 29.4 2.5 30.5 29.8 26.12 27.12"),
        (2012, "2.1 6.4 9.4 7.5 4.6 5.6 27.8 25.12 26.12"),
        (2015, "1.1 3.4 6.4 4.5 25.5 31.8 25.12 28.12"),
        (2028, "3.1 14.4 17.4 1.5 29.5 28.8 25.12 26.12"),
    ],
)
def test_the_years_around_the_published_ones_follow_the_rules(year: int, days: str) -> None:
    typed = {date(year, int(month), int(day)) for day, month in (each.split(".") for each in days.split())}
    assert bank_holidays(year) == typed


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_eight_holidays_on_weekdays_and_the_days_given_once(year: int) -> None:
    assert all(day.isoweekday() < 6 and day.year == year for day in bank_holidays(year))
    assert len(bank_holidays(year)) == 8 + {2011: 1, 2012: 1, 2022: 2, 2023: 1}.get(year, 0)


def test_a_holiday_moved_leaves_a_working_day_behind() -> None:
    assert working_days_in(date(2020, 5, 4), date(2020, 5, 8)) == 4
    assert working_days_in(date(2022, 5, 30), date(2022, 6, 3)) == 3


# London's clocks


@pytest.mark.parametrize("year", YEARS)
def test_summer_time_by_the_order_is_what_the_time_zone_says(year: int) -> None:
    second = timedelta(seconds=1)
    for change in clock_changes(year):
        for instant in (change - second, change, change + second, change + 90 * ONE, change - 90 * ONE):
            assert is_summer_time(instant) is bool(instant.astimezone(LONDON).utcoffset())


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2025, 3, 29), datetime(2025, 3, 30, 0, tzinfo=UTC)),
        (date(2025, 3, 30), datetime(2025, 3, 30, 23, tzinfo=UTC)),
        (date(2025, 10, 26), datetime(2025, 10, 27, 0, tzinfo=UTC)),
    ],
)
def test_a_london_day_ends_when_its_date_changes(day: date, end: datetime) -> None:
    assert london_day_ends(day) == end


def test_half_past_midnight_in_july_is_that_day_in_london() -> None:
    assert london_day(datetime(2025, 6, 30, 23, 30, tzinfo=UTC)) == date(2025, 7, 1)


# Section 2d of the reference


@pytest.mark.parametrize(
    ("example", "code", "start", "on", "calendar_days"),
    [
        (1, "lac-review-first", date(2025, 1, 6), date(2025, 2, 3), 28),
        (3, "icpc-15wd", date(2025, 4, 10), date(2025, 5, 6), 26),
        (4, "icpc-15wd", date(2024, 12, 16), date(2025, 1, 9), 24),
        (5, "lac-review-first", date(2022, 5, 16), date(2022, 6, 15), 30),
        (7, "lac-review-first", date(2023, 4, 17), date(2023, 5, 17), 30),
        (9, "icpc-15wd", date(2020, 4, 20), date(2020, 5, 12), 22),
        (9, "lac-review-first", date(2020, 4, 20), date(2020, 5, 19), 29),
        (10, "cp-core-group-first", date(2025, 12, 22), date(2026, 1, 8), 17),
        (12, "placement-plan", date(2024, 3, 27), date(2024, 4, 5), 9),
        (13, "sw-pre-review-report", date(2025, 5, 6), date(2025, 4, 30), -6),
        (15, "lac-review-subsequent", date(2025, 8, 31), date(2026, 2, 28), 181),
        (15, "lac-review-subsequent", date(2026, 2, 28), date(2026, 8, 28), 181),
        (17, "lac-review-second", date(2023, 11, 30), date(2024, 2, 29), 91),
        (17, "lac-review-second", date(2024, 11, 30), date(2025, 2, 28), 90),
        (19, "rcpc-first", date(2024, 12, 1), date(2025, 3, 1), 90),
        (21, "rcpc-subsequent", date(2024, 8, 31), date(2025, 2, 28), 181),
        (22, "aar-review-placed-first", date(2025, 3, 1), date(2025, 3, 29), 28),
        (26, "review-decisions-issued", date(2025, 3, 31), date(2025, 4, 7), 7),
        (26, "care-plan-update-after-review", date(2025, 3, 31), date(2025, 4, 14), 14),
        (26, "review-record", date(2025, 3, 31), date(2025, 4, 23), 23),
        (26, "review-record-distribution", date(2025, 3, 31), date(2025, 4, 30), 30),
    ],
)
def test_every_worked_date_is_met(example: int, code: str, start: date, on: date, calendar_days: int) -> None:
    assert due(code, start) == on == start + calendar_days * ONE, f"example {example}"


def test_seventy_two_hours_over_the_autumn_change_end_an_hour_earlier_by_the_wall() -> None:
    start = datetime.fromisoformat("2025-10-24T16:00+01:00")
    assert due("missing-rhi", start) == datetime(2025, 10, 27, 15, tzinfo=UTC) == hours_after(start, 72)


@pytest.mark.parametrize(
    ("start", "number", "on"),
    [
        (date(2025, 4, 10), 15, date(2025, 5, 1)),
        (date(2024, 12, 16), 15, date(2025, 1, 6)),
        (date(2022, 5, 16), 20, date(2022, 6, 13)),
        (date(2023, 4, 17), 20, date(2023, 5, 15)),
        (date(2020, 4, 20), 15, date(2020, 5, 11)),
        (date(2020, 4, 20), 20, date(2020, 5, 18)),
        (date(2025, 12, 22), 10, date(2026, 1, 5)),
        (date(2024, 3, 27), 5, date(2024, 4, 3)),
    ],
)
def test_counting_weekends_only_goes_wrong_as_it_is_said_to(start: date, number: int, on: date) -> None:
    assert weekdays_after(start, number) == on < nth_working_day(start, number)


def test_months_and_days_differ_as_they_are_said_to() -> None:
    assert nth_day(date(2024, 12, 1), 91) == date(2025, 3, 2)
    assert nth_day(date(2024, 8, 31), 183) == date(2025, 3, 2)
    assert nth_working_day(date(2025, 3, 1), 20) == date(2025, 3, 28)
    assert corresponding_date(date(2025, 3, 31), -1) == date(2025, 2, 28)


# Section 2b


def test_a_saturday_is_day_0_and_the_monday_day_1() -> None:
    assert nth_working_day(date(2025, 1, 4), 1) == date(2025, 1, 6)
    assert nth_working_day_before(date(2025, 1, 4), 1) == date(2025, 1, 3)


def test_an_instant_counts_from_its_london_day() -> None:
    instant = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)
    assert due("icpc-15wd", instant) == due("icpc-15wd", date(2025, 7, 1)) == date(2025, 7, 22)


def test_an_extra_holiday_puts_off_what_comes_after_and_brings_on_what_comes_before() -> None:
    extra = {date(2025, 1, 14)}
    assert due("lac-review-first", date(2025, 1, 6), extra) == date(2025, 2, 4)
    assert due("sw-pre-review-report", date(2025, 1, 15), extra) == date(2025, 1, 9)
    assert due("aar-review-placed-first", date(2025, 1, 6), extra) == date(2025, 2, 3)


# Section 1f and the rows without a plain period


@pytest.mark.parametrize(
    ("code", "start", "on"),
    [
        ("placement-plan", date(2020, 4, 23), date(2020, 4, 30)),
        ("placement-plan", date(2020, 4, 24), None),
        ("placement-plan", date(2020, 9, 24), None),
        ("placement-plan", date(2020, 9, 25), date(2020, 10, 2)),
        ("emergency-foster", date(2020, 4, 23), date(2020, 5, 1)),
        ("emergency-foster", date(2020, 4, 24), date(2020, 10, 9)),
        ("temp-carer-approval", date(2020, 9, 24), date(2021, 3, 11)),
        ("temp-carer-approval", date(2020, 9, 25), date(2021, 1, 15)),
        ("private-fostering-action", date(2020, 4, 24), None),
        ("shortbreak-stay-17-days", date(2020, 6, 30), None),
        ("cp-core-group-subsequent", date(2024, 12, 31), date(2025, 1, 31)),
        ("cp-core-group-subsequent", date(2025, 1, 1), date(2025, 1, 29)),
        ("visit-reg28-long-term-foster", date(2015, 3, 31), date(2015, 6, 30)),
        ("visit-reg28-long-term-foster", date(2015, 4, 1), date(2015, 10, 1)),
        ("care-proceedings-26w", date(2014, 4, 21), None),
        ("care-proceedings-26w", date(2014, 4, 22), date(2014, 10, 21)),
        ("cp-minutes", date(2020, 3, 31), None),
    ],
)
def test_a_start_is_counted_by_the_rule_of_its_day(code: str, start: date, on: date | None) -> None:
    assert due(code, start) == on


def test_every_dated_rule_is_of_a_row_and_no_row_is_both_counted_and_not() -> None:
    assert set(OTHERWISE) | set(SINCE) | set(SAME_CLOCK.values()) <= set(DUE)
    assert not set(DUE) & (UNCOUNTED | set(SAME_CLOCK))


@pytest.mark.parametrize(("length", "halfway"), [(0, 0), (1, 0), (2, 1), (3, 1), (90, 45), (181, 90)])
def test_a_midpoint_is_halfway_rounded_down(length: int, halfway: int) -> None:
    start = date(2025, 1, 6)
    assert due_midpoint(start, start + length * ONE) == start + halfway * ONE


def test_a_birth_brings_the_first_review_conference_forward_but_never_puts_it_off() -> None:
    start = date(2025, 1, 6)
    assert due_prebirth(start, None) == date(2025, 4, 6)
    assert due_prebirth(start, date(2025, 1, 20)) == date(2025, 2, 17)
    assert due_prebirth(start, date(2025, 3, 31)) == date(2025, 4, 6)
    assert due_prebirth(date(2022, 2, 28), None) is None


def test_seventy_five_nights_in_a_year_are_allowed_and_no_more() -> None:
    start = date(2025, 1, 6)
    assert due_rolling_75([], start) == start + 75 * ONE
    earlier = [(date(2024, 6, 1), date(2024, 6, 15)), (date(2024, 8, 1), date(2024, 8, 11))]
    assert due_rolling_75(earlier, start) == start + 51 * ONE


def test_a_night_counts_for_twelve_months_and_then_no_longer() -> None:
    whole = (date(2024, 1, 10), date(2024, 1, 10) + 75 * ONE)
    assert due_rolling_75([whole], date(2025, 1, 9)) == date(2025, 1, 9)
    assert due_rolling_75([whole], date(2025, 1, 10)) == date(2025, 1, 10) + 75 * ONE
    around_february = (date(2023, 2, 20), date(2023, 2, 20) + 75 * ONE)
    assert due_rolling_75([around_february], date(2024, 2, 20)) == date(2024, 2, 29)
