"""Working days in England over the winter of these stories, counted by hand rather than by Duecare's calendar."""

from datetime import date, timedelta

BANK_HOLIDAYS = {
    date(2026, 12, 25),
    date(2026, 12, 28),  # for the 26th, a Saturday
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 3),
    date(2027, 5, 31),
    date(2027, 8, 30),
    date(2027, 12, 27),
    date(2027, 12, 28),
}


def working_days_after(day: date, days: int) -> date:
    """The last of so many working days after a day."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in BANK_HOLIDAYS
    return day
