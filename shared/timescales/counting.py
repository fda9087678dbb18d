"""How a due time was counted, in plain English: the days that were stepped over, the clamp, the clock change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.timescales.calendar import SATURDAY, Calendar
from shared.timescales.facts import Fact
from shared.timescales.london import LONDON, day_ends_at
from shared.timescales.opening import Opened
from shared.timescales.periods import CalendarMonths, ElapsedHours, Midpoint, Period, RollingDays, WorkingDays
from shared.timescales.wording import counted, day_in_words, listed, month_in_words, time_in_words

_STAYS = "The due day is not a working day, and the date stays: such days move only a count of working days."


@dataclass(frozen=True, slots=True)
class DayOff:
    """A weekday on which no work was counted, and the bank holiday's name."""

    on: date
    name: str


def days_off(opened: Opened) -> tuple[DayOff, ...]:
    """The bank holidays that a count of working days stepped over, in order of date."""
    limit, start = _decisive(opened)
    if not isinstance(limit, WorkingDays):
        return ()
    between = opened.calendar.weekdays_off_between(start.on, opened.due.on)
    return tuple(DayOff(day, name) for day, name in between)


def counting(opened: Opened) -> tuple[str, ...]:
    """The lines that say how the days, months or hours were counted."""
    limit, start = _decisive(opened)
    match limit:
        case None:
            return ()
        case ElapsedHours():
            return _clock_change(start.at, opened.due.at) if start.at else ()
        case WorkingDays():
            return _stepped_over(opened, start.on)
        case Midpoint():
            return _halfway(opened)
        case RollingDays():
            line = f"Each night of every stay counts, in the {limit.months} months before any day."
            return (line,)
        case _:
            clamped = _clamp(limit, start.on, opened.calendar) if isinstance(limit, CalendarMonths) else ()
            stays = () if opened.calendar.is_working_day(opened.due.on) else (_STAYS,)
            return clamped + stays


def _decisive(opened: Opened) -> tuple[Period | None, Fact]:
    """The limit that decided and the fact it runs from: not the start, where something brought the date forward.
    There is no limit where it is due on the very day of that."""
    if opened.sooner is None or opened.timescale.or_earlier is None:
        return opened.limit, opened.start
    return opened.timescale.or_earlier.limit, opened.sooner


def _stepped_over(opened: Opened, start: date) -> tuple[str, ...]:
    off = [f"{day.name} ({day_in_words(day.on)})" for day in days_off(opened)]
    if weekend := weekend_days_between(start, opened.due.on):
        off.append(counted(weekend, "weekend day"))
    return (f"Not working days on the way: {listed(off)}.",) if off else ()


def _clamp(limit: CalendarMonths, start: date, calendar: Calendar) -> tuple[str, ...]:
    """The line for a corresponding date that its month does not have, where that is so."""
    on = limit.due(start, calendar).on
    if on.day == start.day:
        return ()
    day, month = f"day {start.day}", month_in_words(on)
    return (f"{month} has no {day}, so its last day, the {on.day}th, is the corresponding date.",)


def _halfway(opened: Opened) -> tuple[str, ...]:
    other = opened.towards
    if other is None:
        return ()
    whole = (other.due.on - opened.start.on).days
    return (
        f"The {other.timescale.title.lower()} is due by {day_in_words(other.due.on)}, {counted(whole, 'day')} "
        f"after day 0; halfway, rounded down, is {counted(whole // 2, 'day')}.",
    )


def _clock_change(start: datetime, end: datetime) -> tuple[str, ...]:
    """The line for a change of London's clocks between two instants, where there is one."""
    before, after = start.astimezone(LONDON), end.astimezone(LONDON)
    if before.utcoffset() == after.utcoffset():
        return ()
    day = before.date()
    way = "forward" if after.utcoffset() > before.utcoffset() else "back"  # type: ignore[operator]
    while day_ends_at(day).astimezone(LONDON).utcoffset() == before.utcoffset():
        day += timedelta(days=1)
    return (
        f"The clocks go {way} on {day_in_words(day)}, so the hours run from {time_in_words(start)} "
        f"{before.tzname()} to {time_in_words(end)} {after.tzname()}.",
    )


def weekend_days_between(one: date, other: date) -> int:
    """How many Saturdays and Sundays lie between two days, neither of them included."""
    first, days = min(one, other) + timedelta(days=1), abs((other - one).days) - 1
    weeks, rest = divmod(max(days, 0), 7)
    return 2 * weeks + sum((first.weekday() + n) % 7 >= SATURDAY for n in range(rest))
