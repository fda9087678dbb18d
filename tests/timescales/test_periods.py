"""Periods against a second count that shares no code with them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.timescales.calendar import Calendar, england
from shared.timescales.due import Due
from shared.timescales.london import LONDON, day_ends_at, london_date
from shared.timescales.periods import (
    CalendarDays,
    CalendarMonths,
    ElapsedHours,
    Midpoint,
    RollingDays,
    WorkingDays,
    parse_period,
)

from .oracle import corresponding_date, is_off, working_days_in

DAYS = st.dates(date(2020, 3, 1), date(2027, 9, 30))
ANY_DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))
COUNTS = st.integers(1, 45)
ONE = timedelta(days=1)


@given(DAYS, COUNTS)
def test_the_nth_working_day_has_n_working_days_up_to_it_and_is_one_itself(start: date, count: int) -> None:
    due = WorkingDays(count).due(start, england())
    assert working_days_in(start + ONE, due.on) == count
    assert not is_off(due.on)


@given(DAYS, COUNTS)
def test_counting_back_from_a_meeting_is_counting_forward_to_it(meeting: date, count: int) -> None:
    due = WorkingDays(count, before=True).due(meeting, england())
    assert working_days_in(due.on, meeting - ONE) == count
    assert not is_off(due.on)


@given(DAYS, DAYS, COUNTS)
def test_a_later_start_is_never_due_earlier(one: date, two: date, count: int) -> None:
    first, later = sorted((one, two))
    for period in (
        WorkingDays(count),
        WorkingDays(count, before=True),
        CalendarDays(count),
        CalendarMonths(count),
    ):
        assert period.due(first, england()).on <= period.due(later, england()).on


@given(DAYS, COUNTS)
def test_one_more_working_day_is_due_later(start: date, count: int) -> None:
    assert WorkingDays(count).due(start, england()).on < WorkingDays(count + 1).due(start, england()).on


@given(ANY_DAY, st.integers(1, 36))
def test_months_end_on_the_corresponding_date_or_the_last_of_the_month(start: date, months: int) -> None:
    due = CalendarMonths(months).due(start, england())
    assert due.on == corresponding_date(start, months)
    assert not due.provisional


@given(ANY_DAY, st.integers(1, 999))
def test_calendar_days_are_just_days(start: date, days: int) -> None:
    assert (CalendarDays(days).due(start, england()).on - start).days == days


@given(ANY_DAY, st.integers(1, 999))
def test_days_and_months_before_are_counted_back(day: date, number: int) -> None:
    assert (day - CalendarDays(number, before=True).due(day, england()).on).days == number
    months = number % 36 + 1
    assert CalendarMonths(months, before=True).due(day, england()).on == corresponding_date(day, -months)


def test_a_warning_is_the_first_instant_of_a_day_so_long_before() -> None:
    due = Due.by_end_of(date(2025, 7, 31))
    assert CalendarDays(10).warn_at(due, england()) == datetime(2025, 7, 20, 23, tzinfo=UTC)
    assert CalendarMonths(1).warn_at(due, england()) == datetime(2025, 6, 29, 23, tzinfo=UTC)
    assert WorkingDays(5).warn_at(due, england()) == datetime(2025, 7, 23, 23, tzinfo=UTC)
    hours = ElapsedHours(72).due(datetime(2025, 10, 24, 15, tzinfo=UTC))
    assert ElapsedHours(24).warn_at(hours, england()) == datetime(2025, 10, 26, 15, tzinfo=UTC)


def test_a_count_is_provisional_only_beyond_the_last_published_day() -> None:
    friday, monday = date(2028, 12, 29), date(2029, 1, 8)
    calendar = Calendar(published_through=friday)
    assert not WorkingDays(1).due(friday - ONE, calendar).provisional
    assert WorkingDays(1).due(friday, calendar).provisional
    assert not WorkingDays(3, before=True).due(friday, calendar).provisional
    assert WorkingDays(20, before=True).due(monday, calendar).provisional


@given(
    st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(LONDON)), st.integers(1, 999)
)
def test_hours_are_elapsed_hours_whatever_the_clocks_do(start: datetime, hours: int) -> None:
    due = ElapsedHours(hours).due(start)
    assert due.at - start.astimezone(UTC) == timedelta(hours=hours)
    assert due.at.tzinfo is UTC
    assert due.on == london_date(due.at)


@given(ANY_DAY)
def test_a_day_ends_when_london_dates_change(day: date) -> None:
    end = day_ends_at(day)
    assert london_date(end) == day + ONE
    assert london_date(end - timedelta(microseconds=1)) == day


@given(DAYS, st.integers(0, 400))
def test_a_midpoint_is_halfway_rounded_down(start: date, length: int) -> None:
    other = start + timedelta(days=length)
    due = Midpoint(("anything",)).due(start, Due(other, day_ends_at(other)))
    before, after = (due.on - start).days, (other - due.on).days
    assert after - before in (0, 1)


def test_a_midpoint_is_as_provisional_as_the_date_it_hangs_on() -> None:
    other = Due(date(2029, 3, 1), day_ends_at(date(2029, 3, 1)), provisional=True)
    assert Midpoint(("anything",)).due(date(2028, 12, 1), other).provisional


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=6),
    st.integers(20, 75),
    st.integers(5, 25),
)
def test_nights_of_stays_that_overlap_or_adjoin_are_counted_once(
    stays: list[tuple[int, int]], later: int, most: int
) -> None:
    first, start = date(2025, 1, 1), date(2025, 1, 1) + later * ONE
    spans = [(first + n * ONE, first + (n + length) * ONE) for n, length in stays]
    away = {day + n * ONE for day, end in spans for n in range((end - day).days)}
    away = {night for night in away if night < start}
    day = start
    while True:
        month = {night for night in away | {day} if corresponding_date(day, -1) < night <= day}
        if len(month) > most:
            break
        away.add(day)
        day += ONE
    assert RollingDays(most, 1).due(start, spans).on == day


def test_entry_to_care_after_midnight_in_summer_is_that_day_and_not_the_one_before() -> None:
    assert london_date(datetime(2025, 6, 30, 23, 30, tzinfo=UTC)) == date(2025, 7, 1)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        london_date(datetime(2025, 6, 30, 23, 30))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("72 hours", ElapsedHours(72)),
        ("1 hour", ElapsedHours(1)),
        ("20 working days", WorkingDays(20)),
        ("1 working day", WorkingDays(1)),
        ("28 days", CalendarDays(28)),
        ("4 weeks", CalendarDays(28)),
        ("3 months", CalendarMonths(3)),
        ("3 working days before", WorkingDays(3, before=True)),
        ("10 days before", CalendarDays(10, before=True)),
        ("2 weeks before", CalendarDays(14, before=True)),
        ("1 month before", CalendarMonths(1, before=True)),
        ("2 years", CalendarMonths(24)),
        ("1 year before", CalendarMonths(12, before=True)),
        ("halfway to lac-review-*", Midpoint(("lac-review-*",))),
        ("halfway to lac-review-first, rcpc-*", Midpoint(("lac-review-first", "rcpc-*"))),
        ("75 days in any 12 months", RollingDays(75, 12)),
        ("on the day", CalendarDays(0)),
    ],
)
def test_a_period_is_written_in_words(text: str, period: object) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text",
    ["72 hours", "20 working days", "28 days", "3 months", "3 working days before", "10 days before",
     "1 month before", "halfway to lac-review-first, rcpc-*", "75 days in any 12 months", "on the day"],
)  # fmt: skip
def test_a_period_reads_back_as_it_was_written(text: str) -> None:
    assert str(parse_period(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "soon", "on the day before", "0 days", "-1 days", "1000 days", "20 workingdays", "1.5 hours", "3 hours before",
     "75 days in any 0 months", "75 days in any 100 months",
     "halfway to", "halfway to LAC", "\u0663 days", "20 working days ", "20 working days\n"],
)  # fmt: skip
def test_anything_else_is_no_period(text: str) -> None:
    reason = "not a period such as '20 working days', '72 hours' or 'halfway to CODE'"
    with pytest.raises(ValueError, match=f"^{reason}$"):
        parse_period(text)
