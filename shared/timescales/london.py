"""Days are London's, instants are UTC: the only two ways of telling time, and the two roads between them."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_date(instant: datetime) -> date:
    """The date in London at an aware instant. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return instant.astimezone(LONDON).date()


@lru_cache(maxsize=32768)
def day_starts_at(day: date) -> datetime:
    """The UTC instant of London midnight at which the day begins."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


@lru_cache(maxsize=32768)
def day_ends_at(day: date) -> datetime:
    """The UTC instant at which the London day is over: the next London midnight."""
    return day_starts_at(day + timedelta(days=1))
