"""How long: the periods a timescale may be written in, each with its due date and the reason for it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from shared.timescales.calendar import Calendar
from shared.timescales.due import Due, calendar_due, clamp, clock_change, working_due
from shared.timescales.london import day_ends_at, day_starts_at, london_date
from shared.timescales.wording import counted, day_in_words


@dataclass(frozen=True, slots=True)
class ElapsedHours:
    """Elapsed hours from an instant, added in UTC, so that a change of the clocks alters nothing."""

    hours: int

    def __str__(self) -> str:
        return counted(self.hours, "hour")

    def due(self, start: datetime) -> Due:
        """The instant these hours after an aware instant; exactly then is still in time."""
        at = start.astimezone(UTC) + timedelta(hours=self.hours)
        return Due(london_date(at), at, lines=clock_change(start, at))

    def warn_at(self, due: Due, calendar: Calendar) -> datetime:
        """The UTC instant these hours before the due instant."""
        return due.at - timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days after a day that is itself day 0, working day or not."""

    days: int

    def __str__(self) -> str:
        return counted(self.days, "working day")

    def due(self, start: date, calendar: Calendar) -> Due:
        """The n-th working day after the start; provisional beyond the published bank holidays."""
        return working_due(start, calendar.working_day(start, self.days), calendar)

    def warn_at(self, due: Due, calendar: Calendar) -> datetime:
        """The UTC instant at which the n-th working day before the due day begins."""
        return day_starts_at(calendar.working_day(due.on, -self.days))


@dataclass(frozen=True, slots=True)
class WorkingDaysBefore:
    """Working days before a day, such as a meeting's, that is itself day 0."""

    days: int

    def __str__(self) -> str:
        return f"{counted(self.days, 'working day')} before"

    def due(self, start: date, calendar: Calendar) -> Due:
        """The n-th working day before the start."""
        return working_due(start, calendar.working_day(start, -self.days), calendar)


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Calendar days; a due date on a weekend or bank holiday stays where it is."""

    days: int

    def __str__(self) -> str:
        return counted(self.days, "day")

    def due(self, start: date, calendar: Calendar) -> Due:
        """The day that many days after the start."""
        return calendar_due(start + timedelta(days=self.days), calendar)

    def warn_at(self, due: Due, calendar: Calendar) -> datetime:
        """The UTC instant at which the day that many days before the due day begins."""
        return day_starts_at(due.on - timedelta(days=self.days))


@dataclass(frozen=True, slots=True)
class CalendarMonths:
    """Calendar months by the corresponding date (Dodds v Walker); the last day of a month that has none."""

    months: int

    def __str__(self) -> str:
        return counted(self.months, "month")

    def due(self, start: date, calendar: Calendar) -> Due:
        """The corresponding date that many months on; it does not move off a weekend or bank holiday."""
        on = start + relativedelta(months=self.months)
        return calendar_due(on, calendar, clamp(start, on))

    def warn_at(self, due: Due, calendar: Calendar) -> datetime:
        """The UTC instant at which the corresponding date that many months before the due day begins."""
        return day_starts_at(due.on - relativedelta(months=self.months))


@dataclass(frozen=True, slots=True)
class Midpoint:
    """Halfway, in calendar days rounded down, to the due date of another timescale (a code, or with *)."""

    to: str

    def __str__(self) -> str:
        return f"halfway to {self.to}"

    def due(self, start: date, other: Due, title: str) -> Due:
        """The day halfway from the start to the other's due day; provisional where that one is."""
        whole = (other.on - start).days
        line = (
            f"The {title.lower()} is due by {day_in_words(other.on)}, {counted(whole, 'day')} after day 0; "
            f"halfway, rounded down, is {counted(whole // 2, 'day')}."
        )
        on = start + timedelta(days=whole // 2)
        return Due(on, day_ends_at(on), other.provisional, (line,))


# A period that a warning may be given before the due time.
Notice = ElapsedHours | WorkingDays | CalendarDays | CalendarMonths
Period = Notice | WorkingDaysBefore | Midpoint

_COUNTED = re.compile(r"([1-9][0-9]{0,2}) (working day|hour|day|week|month)s?( before)?")
_HALFWAY = re.compile(r"halfway to ([a-z0-9*-]+)")


def parse_period(text: str) -> Period:
    """A period from its words: '72 hours', '20 working days', '28 days', '4 weeks', '3 months',
    '3 working days before' or 'halfway to CODE'. Raises ValueError for anything else, for 0 and above 999."""
    if halfway := _HALFWAY.fullmatch(text):
        return Midpoint(halfway[1])
    found = _COUNTED.fullmatch(text)
    if found is None or (found[3] and found[2] != "working day"):
        raise ValueError("not a period such as '20 working days', '72 hours' or 'halfway to CODE'")
    return _period(int(found[1]), found[2], bool(found[3]))


def _period(number: int, unit: str, before: bool) -> Period:
    match unit:
        case "hour":
            return ElapsedHours(number)
        case "working day":
            return WorkingDaysBefore(number) if before else WorkingDays(number)
        case "month":
            return CalendarMonths(number)
        case _:
            return CalendarDays(number * 7 if unit == "week" else number)
