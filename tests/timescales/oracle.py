"""A second way to count that shares no code with the engine: written from the words of the law, day by day."""

from calendar import monthrange
from collections.abc import Iterator, Set
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count, islice

ONE = timedelta(days=1)
HOUR = timedelta(hours=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NONE: frozenset[date] = frozenset()

# England 2020 to 2027, from the published lists.
PUBLISHED = {
    2020: "1.1 10.4 13.4 8.5 25.5 31.8 25.12 28.12",
    2021: "1.1 2.4 5.4 3.5 31.5 30.8 27.12 28.12",
    2022: "3.1 15.4 18.4 2.5 2.6 3.6 29.8 19.9 26.12 27.12",
    2023: "2.1 7.4 10.4 1.5 8.5 29.5 28.8 25.12 26.12",
    2024: "1.1 29.3 1.4 6.5 27.5 26.8 25.12 26.12",
    2025: "1.1 18.4 21.4 5.5 26.5 25.8 25.12 26.12",
    2026: "1.1 3.4 6.4 4.5 25.5 31.8 25.12 28.12",
    2027: "1.1 26.3 29.3 3.5 31.5 30.8 27.12 28.12",
}
BANK_HOLIDAYS = frozenset(
    date(year, int(month), int(day))
    for year, days in PUBLISHED.items()
    for day, month in (each.split(".") for each in days.split())
)

# Royal proclamations: early May and spring days that were moved, and days that were given once.
MOVED = {
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
GIVEN_ONCE = (
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
)

# Calendar (New Style) Act 1750, the table for 1900 to 2199: the Paschal full moon of each golden number.
FULL_MOONS = "14.4 3.4 23.3 11.4 31.3 18.4 8.4 28.3 16.4 5.4 25.3 13.4 2.4 22.3 10.4 30.3 17.4 7.4 27.3"


def days_from(first: date) -> Iterator[date]:
    """A day, the next, and so on."""
    return (first + timedelta(days=n) for n in count())


def weekdays_from(first: date) -> Iterator[date]:
    """The days from a day on that are neither Saturday nor Sunday."""
    return (day for day in days_from(first) if day.isoweekday() < 6)


def easter(year: int) -> date:
    """The first Sunday after the Paschal full moon."""
    day, month = FULL_MOONS.split()[year % 19].split(".")
    after = date(year, int(month), int(day)) + ONE
    return next(day for day in days_from(after) if day.isoweekday() == 7)


def first_monday(year: int, month: int) -> date:
    """The first Monday of a month."""
    return next(day for day in days_from(date(year, month, 1)) if day.isoweekday() == 1)


def last_weekday(year: int, month: int, isoweekday: int) -> date:
    """The last Monday (1) to Sunday (7) of a month."""
    last = date(year, month, monthrange(year, month)[1])
    return next(day for day in (last - timedelta(days=n) for n in range(7)) if day.isoweekday() == isoweekday)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's days off that are not at a weekend, by rule and by proclamation."""
    by_rule = {
        *islice(weekdays_from(date(year, 1, 1)), 1),
        easter(year) - timedelta(days=2),
        easter(year) + ONE,
        first_monday(year, 5),
        last_weekday(year, 5, 1),
        last_weekday(year, 8, 1),
        *islice(weekdays_from(date(year, 12, 25)), 2),
    }
    return frozenset(MOVED.get(day, day) for day in by_rule) | {d for d in GIVEN_ONCE if d.year == year}


def is_off(day: date, extra: Set[date] = NONE) -> bool:
    """A weekend day, a bank holiday, or one of the extra holidays."""
    return day.isoweekday() in (6, 7) or day in bank_holidays(day.year) or day in extra


def working_days_in(first: date, last: date) -> int:
    """How many working days there are from the first day to the last, both included."""
    return sum(not is_off(first + timedelta(days=n)) for n in range((last - first).days + 1))


def nth_working_day(start: date, number: int, extra: Set[date] = NONE, step: timedelta = ONE) -> date:
    """The n-th working day after a day, which is itself day 0."""
    day = start
    while number:
        day += step
        number -= not is_off(day, extra)
    return day


def nth_working_day_before(meeting: date, number: int, extra: Set[date] = NONE) -> date:
    """The n-th working day before a meeting, whose day is day 0."""
    return nth_working_day(meeting, number, extra, -ONE)


def weekdays_after(start: date, number: int) -> date:
    """The n-th Monday-to-Friday day after a day, bank holidays or not."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= day.isoweekday() < 6
    return day


def nth_day(start: date, number: int) -> date:
    """The n-th day after a day, one at a time."""
    day = start
    for _ in range(number):
        day += ONE
    return day


def corresponding_date(start: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def hours_after(start: datetime, hours: int) -> datetime:
    """So many times 3,600 seconds after an instant, in UTC, whatever the clocks do."""
    return EPOCH + timedelta(seconds=start.timestamp() + hours * 3600)


def is_summer_time(instant: datetime) -> bool:
    """Summer Time Order 2002: from 1am GMT on the last Sunday of March to 1am GMT on that of October."""
    utc = hours_after(instant, 0)
    begins, ends = clock_changes(utc.year)
    return begins <= utc < ends


def clock_changes(year: int) -> tuple[datetime, datetime]:
    """The instants at which London's clocks go forward and back."""
    days = (last_weekday(year, month, 7) for month in (3, 10))
    forward, back = (datetime(day.year, day.month, day.day, 1, tzinfo=UTC) for day in days)
    return forward, back


def london_day(instant: datetime) -> date:
    """The date on a London wall at an instant."""
    return (hours_after(instant, 0) + HOUR * is_summer_time(instant)).date()


def london_day_ends(day: date) -> datetime:
    """The first instant at which a London wall shows another date: found by waiting from noon."""
    instant = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    while london_day(instant) == day:
        instant += HOUR
    return instant
