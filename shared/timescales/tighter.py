"""Whether a council gives itself more time than the law does, on any day on which the law is in force."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain, zip_longest

from shared.timescales.calendar import england
from shared.timescales.due import Due
from shared.timescales.london import day_ends_at, day_starts_at, london_date
from shared.timescales.periods import ElapsedHours, Midpoint, Notice, Period, RollingDays
from shared.timescales.timescale import Timescale
from shared.timescales.wording import day_in_words, instant_in_words

_ONE_DAY, _INSTANT = timedelta(days=1), timedelta(microseconds=1)
# The day from which examples are sought first, and the last day that is tried.
_RECENT, _LAST = date(2024, 1, 1), date(2040, 12, 31)


def uncovered(ours: Timescale, law: Timescale) -> date | None:
    """The first day on which the law is in force and ours is not."""
    days = (first for first, _ in _spans(ours, law))
    return next((day for day in days if law.stretch_on(day) and not ours.stretch_on(day)), None)


def looser(ours: Timescale, law: Timescale) -> str | None:
    """How ours allows more time than the law, with a day on which it does; None where it never does."""
    for first, last in _spans(ours, law):
        mine, theirs = ours.limit_on(first), law.limit_on(first)
        if mine is None or theirs is None or mine == theirs:
            continue
        if why := _longer(mine, theirs, first, last):
            return f"looser than the statutory {theirs}: {why}"
    return None


def _spans(*rows: Timescale) -> Iterator[tuple[date, date]]:
    """The stretches of days, both included, in which none of the rows changes."""
    stretches = [each for row in rows for each in row.in_force]
    ends = {each.last_day for each in stretches if each.last_day and each.last_day < date.max}
    edges = sorted({each.first_day for each in stretches} | {day + _ONE_DAY for day in ends})
    for first, following in zip_longest(edges, edges[1:]):
        yield first, following - _ONE_DAY if following else max(first, _LAST)


def _longer(ours: Period, law: Period, first: date, last: date) -> str | None:
    if isinstance(ours, RollingDays) and isinstance(law, RollingDays):
        return None if ours.days <= law.days and ours.months >= law.months else f"it would be {ours}"
    if isinstance(ours, RollingDays | Midpoint) or isinstance(law, RollingDays | Midpoint):
        return f"'{ours}' cannot be measured against it"
    for start in _starts(ours, law, first, last):
        mine, theirs = _due(ours, start), _due(law, start)
        if mine.at > theirs.at:
            day = day_in_words(london_date(start))
            return f"from {day} it would be due by {_told(ours, mine)}, and the law says {_told(law, theirs)}"
    return None


def _starts(ours: Notice, law: Notice, first: date, last: date) -> Iterator[datetime]:
    """The instants to try: one for periods of one kind, of which the longer is so on any day; for others the
    first of every day and, where hours are compared with days, the last."""
    recent = min(max(first, _RECENT), last)
    later = chain(_days(recent, min(last, _LAST)), _days(first, recent))
    for day in (recent,) if type(ours) is type(law) else later:
        yield day_starts_at(day)
        if isinstance(ours, ElapsedHours) or isinstance(law, ElapsedHours):
            yield day_ends_at(day) - _INSTANT


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _due(limit: Notice, start: datetime) -> Due:
    return limit.due(start) if isinstance(limit, ElapsedHours) else limit.due(london_date(start), england())


def _told(limit: Notice, due: Due) -> str:
    return instant_in_words(due.at) if isinstance(limit, ElapsedHours) else day_in_words(due.on)
