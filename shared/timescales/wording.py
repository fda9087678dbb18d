"""Dates, instants and counts as a person reads them, the same under every locale."""

from datetime import date, datetime

from shared.timescales.london import LONDON

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """A date such as 'Thu 17 April 2025'."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {month_in_words(day)}"


def month_in_words(day: date) -> str:
    """The month of a date, such as 'April 2025'."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def instant_in_words(instant: datetime) -> str:
    """An aware instant in London time, such as '16:00 BST on Fri 24 October 2025'."""
    local = instant.astimezone(LONDON)
    return f"{time_in_words(instant)} {local.tzname()} on {day_in_words(local.date())}"


def time_in_words(instant: datetime) -> str:
    """The London time of day of an aware instant, with seconds only where there are some."""
    local = instant.astimezone(LONDON)
    return f"{local:%H:%M:%S}" if local.second or local.microsecond else f"{local:%H:%M}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: '1 weekend day', '9 weekend days'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(items: list[str]) -> str:
    """Items joined as in a sentence: 'a, b and c'."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
