"""A second way to count that shares no code with the engine: holidays typed by hand, days ticked off."""

from calendar import monthrange
from datetime import date, timedelta

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


def is_off(day: date) -> bool:
    """A weekend day or a bank holiday."""
    return day.isoweekday() in (6, 7) or day in BANK_HOLIDAYS


def working_days_in(first: date, last: date) -> int:
    """How many working days there are from the first day to the last, both included."""
    return sum(not is_off(first + timedelta(days=n)) for n in range((last - first).days + 1))


def weekdays_after(start: date, number: int) -> date:
    """The n-th Monday-to-Friday day after a day, bank holidays or not."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= day.isoweekday() < 6
    return day


def corresponding_date(start: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
