"""Due times, and the plain-English lines that say how the days or hours were counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.timescales.calendar import SATURDAY, Calendar
from shared.timescales.london import LONDON, day_ends_at
from shared.timescales.wording import counted, day_in_words, listed, month_in_words, time_in_words

_STAYS = "The due day is not a working day, and the date stays: such days move only a count of working days."


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends: the London date, the UTC instant, whether it may move, and how it was counted."""

    on: date
    at: datetime
    provisional: bool = False
    lines: tuple[str, ...] = ()


def working_due(start: date, on: date, calendar: Calendar) -> Due:
    """A due day counted in working days, with the days off it stepped over."""
    days = list(_days_between(start, on))
    off = [
        f"{calendar.holiday_name(day)} ({day_in_words(day)})"
        for day in days
        if _is_weekday_off(day, calendar)
    ]
    if weekend := sum(day.weekday() >= SATURDAY for day in days):
        off.append(counted(weekend, "weekend day"))
    lines = (f"Not working days on the way: {listed(off)}.",) if off else ()
    return Due(on, day_ends_at(on), max(start, on) > calendar.published_through, lines)


def calendar_due(on: date, calendar: Calendar, lines: tuple[str, ...] = ()) -> Due:
    """A due day counted in calendar days or months, which stays where it falls."""
    stays = () if calendar.is_working_day(on) else (_STAYS,)
    return Due(on, day_ends_at(on), lines=lines + stays)


def clamp(start: date, on: date) -> tuple[str, ...]:
    """The line for a corresponding date that its month does not have, where that is so."""
    if on.day == start.day:
        return ()
    month = month_in_words(on)
    return (f"{month} has no day {start.day}, so its last day, the {on.day}th, is the corresponding date.",)


def clock_change(start: datetime, end: datetime) -> tuple[str, ...]:
    """The line for a change of London's clocks between two instants, where there is one."""
    before, after = start.astimezone(LONDON), end.astimezone(LONDON)
    if before.utcoffset() == after.utcoffset():
        return ()
    day, way = before.date(), "forward" if after.dst() else "back"
    while day_ends_at(day).astimezone(LONDON).utcoffset() == before.utcoffset():
        day += timedelta(days=1)
    return (
        f"The clocks go {way} on {day_in_words(day)}, so the hours run from {time_in_words(start)} "
        f"{before.tzname()} to {time_in_words(end)} {after.tzname()}.",
    )


def _days_between(start: date, due: date) -> Iterator[date]:
    step = timedelta(days=1 if due > start else -1)
    day = start + step
    while day != due:
        yield day
        day += step


def _is_weekday_off(day: date, calendar: Calendar) -> bool:
    return day.weekday() < SATURDAY and not calendar.is_working_day(day)
