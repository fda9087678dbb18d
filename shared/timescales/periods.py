"""How long: the periods a timescale may be written in, each with its due date."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from shared.timescales.calendar import Calendar
from shared.timescales.due import Due
from shared.timescales.london import day_starts_at, london_date
from shared.timescales.wording import counted

ON_THE_DAY = "on the day"
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=65536)
def corresponding_date(day: date, months: int) -> date:
    """The same day of the month so many months on (back, if negative); the last of a month that has no such day."""
    return day + relativedelta(months=months)


@dataclass(frozen=True, slots=True)
class ElapsedHours:
    """Elapsed hours from an instant, added in UTC, so that a change of the clocks alters nothing."""

    hours: int

    def __str__(self) -> str:
        return counted(self.hours, "hour")

    def due(self, start: datetime) -> Due:
        """The instant these hours after an aware instant; exactly then is still in time."""
        at = start.astimezone(UTC) + timedelta(hours=self.hours)
        return Due(london_date(at), at)

    def warn_at(self, due: Due, calendar: Calendar) -> datetime:
        """The UTC instant these hours before the due instant."""
        return due.at - timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days after a day that is itself day 0, working day or not; `before` counts back from it."""

    days: int
    before: bool = False

    def __str__(self) -> str:
        return _backwards(counted(self.days, "working day"), self.before)

    def due(self, start: date, calendar: Calendar) -> Due:
        """The n-th working day after (before) the start; provisional beyond the published bank holidays."""
        on = calendar.working_day(start, -self.days if self.before else self.days)
        return Due.by_end_of(on, provisional=max(start, on) > calendar.published_through)

    def warn_at(self, due: Due, calendar: Calendar) -> datetime:
        """The UTC instant at which the n-th working day before the due day begins."""
        return day_starts_at(calendar.working_day(due.on, -self.days))


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Calendar days; a due date on a weekend or bank holiday stays where it is. `before` counts back. None at all is
    the very day of the start."""

    days: int
    before: bool = False

    def __str__(self) -> str:
        return ON_THE_DAY if not self.days else _backwards(counted(self.days, "day"), self.before)

    def due(self, start: date, calendar: Calendar) -> Due:
        """The day that many days after (before) the start."""
        return Due.by_end_of(start + timedelta(days=-self.days if self.before else self.days))

    def warn_at(self, due: Due, calendar: Calendar) -> datetime:
        """The UTC instant at which the day that many days before the due day begins."""
        return day_starts_at(due.on - timedelta(days=self.days))


@dataclass(frozen=True, slots=True)
class CalendarMonths:
    """Calendar months by the corresponding date (Dodds v Walker); the last day of a month that has none.
    `before` counts back."""

    months: int
    before: bool = False

    def __str__(self) -> str:
        return _backwards(counted(self.months, "month"), self.before)

    def due(self, start: date, calendar: Calendar) -> Due:
        """The corresponding date that many months on (back); it does not move off a weekend or bank holiday."""
        return Due.by_end_of(corresponding_date(start, -self.months if self.before else self.months))

    def warn_at(self, due: Due, calendar: Calendar) -> datetime:
        """The UTC instant at which the corresponding date that many months before the due day begins."""
        return day_starts_at(corresponding_date(due.on, -self.months))


@dataclass(frozen=True, slots=True)
class Midpoint:
    """Halfway, in calendar days rounded down, to the due date of another timescale (codes, or with *)."""

    to: tuple[str, ...]

    def __str__(self) -> str:
        return f"halfway to {', '.join(self.to)}"

    def names(self, code: str) -> bool:
        """Whether it may be halfway to the timescale with this code."""
        return any(fnmatchcase(code, pattern) for pattern in self.to)

    def due(self, start: date, other: Due) -> Due:
        """The day halfway from the start to the other's due day; provisional where that one is."""
        return Due.by_end_of(start + (other.on - start) // 2, provisional=other.provisional)


@dataclass(frozen=True, slots=True)
class RollingDays:
    """So many days in any stretch of so many months, summed over stays of which the last still goes on."""

    days: int
    months: int

    def __str__(self) -> str:
        return f"{counted(self.days, 'day')} in any {counted(self.months, 'month')}"

    def due(self, start: date, stays: list[tuple[date, date]]) -> Due:
        """The last day to which a stay that began on `start` may run. `stays` are the earlier ones, each with
        its first day and the day it ended; a stay counts a day for each night."""
        nights = self._nights(start, stays)
        day = start
        while True:
            before = corresponding_date(
                day, -self.months
            )  # the months end with this night, and begin after that
            spent = (day - max(start - _ONE_DAY, before)).days + len(nights) - bisect_right(nights, before)
            if spent > self.days:
                return Due.by_end_of(day)
            day += _ONE_DAY

    def _nights(self, start: date, stays: list[tuple[date, date]]) -> list[date]:
        """The nights of the stays that a window may still reach on `start`, each once and in order."""
        earliest = corresponding_date(start, -self.months)
        nights: list[date] = []
        for first, end in sorted((max(first, earliest), min(end, start)) for first, end in stays):
            night = max(first, nights[-1] + timedelta(days=1)) if nights else first
            nights.extend(night + timedelta(days=n) for n in range((end - night).days))
        return nights


# A period that a warning may be given before the due time.
Notice = ElapsedHours | WorkingDays | CalendarDays | CalendarMonths
# A period that runs from a day.
DayPeriod = WorkingDays | CalendarDays | CalendarMonths
Period = Notice | Midpoint | RollingDays

_COUNTED = re.compile(r"([1-9][0-9]{0,2}) (working day|hour|day|week|month|year)s?( before)?")
_HALFWAY = re.compile(r"halfway to ([a-z0-9*-]+(?:, [a-z0-9*-]+)*)")
_ROLLING = re.compile(r"([1-9][0-9]{0,2}) days in any ([1-9][0-9]?) months")


def parse_period(text: str) -> Period:
    """A period from its words: '72 hours', '20 working days', '28 days', '4 weeks', '3 months', '2 years',
    '3 working days before', 'on the day', 'halfway to CODE, CODE' or '75 days in any 12 months'. Raises ValueError
    for anything else, for 0 and above 999."""
    if text == ON_THE_DAY:
        return CalendarDays(0)
    if halfway := _HALFWAY.fullmatch(text):
        return Midpoint(tuple(halfway[1].split(", ")))
    if rolling := _ROLLING.fullmatch(text):
        if int(rolling[1]) >= 28 * int(rolling[2]):
            raise ValueError("a number of days that its months may not hold, and so no limit")
        return RollingDays(int(rolling[1]), int(rolling[2]))
    found = _COUNTED.fullmatch(text)
    if found is None or (found[3] and found[2] == "hour") or (found[2] == "year" and int(found[1]) > 83):
        raise ValueError("not a period such as '20 working days', '72 hours' or 'halfway to CODE'")
    return _period(int(found[1]), found[2], bool(found[3]))


def _period(number: int, unit: str, before: bool) -> Period:
    match unit:
        case "hour":
            return ElapsedHours(number)
        case "working day":
            return WorkingDays(number, before)
        case "month" | "year":
            return CalendarMonths(number * (12 if unit == "year" else 1), before)
        case _:
            return CalendarDays(number * (7 if unit == "week" else 1), before)


def _backwards(words: str, before: bool) -> str:
    return f"{words} before" if before else words
