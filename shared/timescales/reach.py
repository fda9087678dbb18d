"""Which timescales count working days, and so which deadlines a change of the calendar can touch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import Catalogue
from shared.timescales.conditions import Reckoned
from shared.timescales.kinds import KINDS
from shared.timescales.periods import Period, WorkingDays
from shared.timescales.timescale import Timescale

SLACK = timedelta(days=14)
"""Longer than any run of days off in England."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How one timescale hangs on working days.

    `direct` is whether its due date counts them, `towards` the timescales that do and that it may be halfway to.
    `paused` is whether days may be granted that push the date on, and `warns`, before how many working days it warns
    at most. `anywhere` is whether a change may open or end a clock that is not stored as running.
    """

    code: str
    direct: bool
    towards: tuple[str, ...]
    paused: bool
    warns: int
    anywhere: bool


def reaches(catalogue: Catalogue) -> tuple[Reach, ...]:
    """The timescales that a change of the calendar can touch, in the order of the catalogue."""
    found = (_reach(row, catalogue) for row in catalogue.timescales if row.untracked is None)
    return tuple(each for each in found if each.direct or each.towards or each.warns)


def warned_span(reach: Reach, changed: date, calendar: Calendar) -> tuple[date, date]:
    """The first and the last due day whose warnings a change of this day can move.

    A warning n working days before the due day counts the days between the two. From the n-th working day after the
    changed one on, that many lie between them already, and the warning comes after the change.
    """
    return changed, calendar.working_day(changed, reach.warns) + SLACK


def _reach(row: Timescale, catalogue: Catalogue) -> Reach:
    direct = _counts(row)
    towards = tuple(other.code for other in _towards(row, catalogue) if _counts(other))
    warns = max((each.days for each in row.warn if isinstance(each, WorkingDays)), default=0)
    elsewhere = bool(direct or towards) and _opens_or_ends_elsewhere(row)
    return Reach(row.code, direct, towards, row.relief.pause, warns, elsewhere)


def _counts(row: Timescale) -> bool:
    return any(isinstance(period, WorkingDays) for period in _periods(row))


def _periods(row: Timescale) -> Iterator[Period | None]:
    yield from row.limits()
    yield row.relief.extension
    if row.or_earlier is not None:
        yield row.or_earlier.limit


def _towards(row: Timescale, catalogue: Catalogue) -> Iterable[Timescale]:
    """The clocks that the row may be halfway to."""
    return (other for other in catalogue.timescales if row.may_be_halfway_to(other))


def _opens_or_ends_elsewhere(row: Timescale) -> bool:
    """Whether there is a clock only if its due day lies well, or what ends it may be planned for a day to come."""
    looked_at_when_due = any(each.at is Reckoned.DUE for each in row.elapsed)
    ends = (row.stops.fact, *(each.fact for each in row.cancels))
    return looked_at_when_due or any(KINDS[kind].planned for kind in ends)
