"""Periods as a file of the law writes them, each refused with its line where it cannot be."""

from shared.timescales.entry import Entry
from shared.timescales.periods import CalendarDays, DayPeriod, Notice, Period, parse_period


def period(entry: Entry, key: str, text: str) -> Period:
    """A period from its words."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise entry.refusal(key, f"'{text}' is {error}") from None


def day_period(entry: Entry, key: str) -> DayPeriod:
    """A period that runs forward from a day."""
    text = entry.text(key)
    found = period(entry, key, text)
    if not isinstance(found, DayPeriod) or not _is_plain(found):
        raise entry.refusal(key, f"'{text}': this must be a plain number of days, weeks, months or years")
    return found


def warning(entry: Entry, text: str) -> Notice:
    """A period before the due time."""
    found = period(entry, "warn", text)
    if not isinstance(found, Notice) or (isinstance(found, DayPeriod) and not _is_plain(found)):
        raise entry.refusal("warn", f"'{text}': a warning is a plain period before the due time")
    return found


def _is_plain(period: DayPeriod) -> bool:
    return not period.before and period != CalendarDays(0)
