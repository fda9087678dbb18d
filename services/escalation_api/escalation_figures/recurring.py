"""When a theme counts as recurring in one team: this and nothing else. No I/O."""

from collections.abc import Iterable, Sequence
from datetime import date

LOOKED_AT = 6  # months: those that end with the last one asked for, or with the present one
AT_LEAST = 3  # of these


def months_between(first: date, last: date) -> list[date]:
    """The first day of each month from that of one day to that of another."""
    begins, ends = (day.year * 12 + day.month - 1 for day in (first, last))
    return [date(number // 12, number % 12 + 1, 1) for number in range(begins, ends + 1)]


def months_looked_at(last: date, today: date) -> list[date]:
    """The months (by their first days) in which a theme may recur, for a period that ends on `last`."""
    ends = min(last, today)
    number = ends.year * 12 + ends.month - LOOKED_AT
    return months_between(date(number // 12, number % 12 + 1, 1), ends)


def recurs(raised_in: Iterable[date], looked_at: Sequence[date]) -> bool:
    """Whether a theme that was raised in these months, each given once, recurs."""
    return sum(month in looked_at for month in raised_in) >= AT_LEAST
