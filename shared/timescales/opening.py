"""Clocks that have started: each with its due time, before anybody asks what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from shared.timescales.calendar import Calendar
from shared.timescales.due import Due
from shared.timescales.facts import Fact
from shared.timescales.kind import Precision
from shared.timescales.london import day_starts_at
from shared.timescales.periods import (
    CalendarDays,
    CalendarMonths,
    ElapsedHours,
    Midpoint,
    Period,
    RollingDays,
    WorkingDays,
)
from shared.timescales.relief import Granted, granted, relieve, waiver
from shared.timescales.timeline import Timeline, follows
from shared.timescales.timescale import DecidedOn, OrEarlier, Timescale


@dataclass(slots=True)
class Opened:
    """A timescale, the fact that started its clock, the limit that holds for it, and when it is due.

    `stop` and `cancel` are the facts that would meet or end it. `towards` is the clock that a midpoint is halfway
    to, `sooner` the fact that brought the date forward, `relief` what was granted and counted, `waived` a waiver.
    `calendar` is the one that counted: for a clock that has closed, without the days proclaimed since.
    """

    timescale: Timescale
    start: Fact
    limit: Period
    due: Due
    calendar: Calendar
    stop: Fact | None = None
    cancel: Fact | None = None
    towards: "Opened | None" = None
    sooner: Fact | None = None
    relief: tuple[Granted, ...] = ()
    waived: Granted | None = None

    @property
    def key(self) -> tuple[str, UUID]:
        """What a history holds one of at most: the timescale and the record that started its clock."""
        return self.timescale.code, self.start.record

    @property
    def warnings(self) -> tuple[datetime, ...]:
        """UTC instants before `due.at`, earliest first."""
        return warnings_of(self.timescale, self.start.on, self.start.at, self.due, self.calendar)


def warnings_of(
    row: Timescale, starts_on: date, starts_at: datetime | None, due: Due, calendar: Calendar
) -> tuple[datetime, ...]:
    """The UTC instants at which a due time is warned of, earliest first. One that would come before the clock
    starts is left out, unless the clock counts back from a day or is due on that very day."""
    begins_at = starts_at or day_starts_at(starts_on)
    foretold = due.on < starts_on or CalendarDays(0) in row.limits()
    moments = {warning.warn_at(due, calendar) for warning in row.warn}
    return tuple(sorted(at for at in moments if (foretold or begins_at < at) and at < due.at))


@dataclass(frozen=True, slots=True)
class Ground:
    """What opening needs besides the row: the facts, the calendar as it is known today, and what was granted."""

    timeline: Timeline
    calendar: Calendar
    grants: Mapping[tuple[str, str], list[Granted]] = field(default_factory=dict)


def open_all(timeline: Timeline, timescales: Iterable[Timescale], calendar: Calendar) -> list[Opened]:
    """Every clock that the facts have started, in the order of the starts and then of the catalogue."""
    ground = Ground(timeline, calendar, granted(timeline))
    found: dict[tuple[str, UUID], Opened] = {}
    place: dict[str, int] = {}
    midpoints = []
    by_start: dict[int, list[Opened]] = {}
    for number, row in enumerate(timescales):
        place[row.code] = number
        if row.is_midpoint:
            midpoints.append(row)
        else:
            _open_row(row, ground, found, {})
    if midpoints:
        for each in found.values():
            by_start.setdefault(id(each.start), []).append(each)
    for row in midpoints:
        _open_row(row, ground, found, by_start)
    return sorted(found.values(), key=lambda each: (each.start.order, place[each.timescale.code]))


def open_one(row: Timescale, start: Fact, ground: Ground, others: Sequence[Opened] = ()) -> Opened | None:
    """The clock this fact starts; None if out of force that day, or halfway to what is not running. `others` are
    the clocks that the same fact started."""
    limit = row.limit_on(start.on)
    towards = _following(limit, others) if isinstance(limit, Midpoint) else None
    if limit is None or (towards is None and isinstance(limit, Midpoint)):
        return None
    stop, cancel = ground.timeline.stop(row, start), ground.timeline.cancel(row, start)
    closed = _closed_on(stop, cancel)
    calendar = ground.calendar.as_known_on(closed)
    if isinstance(limit, Midpoint) and closed is not None:
        towards = _following(limit, [_as_of(closed, each, ground) for each in others])
    due = _due(limit, start, ground, calendar, towards)
    opened = Opened(row, start, limit, due, calendar, stop, cancel, towards)
    _adjust(opened, ground, closed)
    return opened if opened.waived is None else _let_go(opened, opened.waived, ground)


def _closed_on(stop: Fact | None, cancel: Fact | None) -> date | None:
    """The day on which a clock was closed: what is known, happens or is granted later moves it no more."""
    if stop is None or cancel is None:
        return stop.on if stop else cancel.on if cancel else None
    return min(stop.on, cancel.on)


def _adjust(opened: Opened, ground: Ground, closed: date | None) -> None:
    """What else may move the due time: the law on that day, a fact that brings it forward, what was granted."""
    row = opened.timescale
    if row.value_on is DecidedOn.DUE:
        _decide_when_due(opened, ground)
    if row.or_earlier is not None:
        _bring_forward(opened, row.or_earlier, ground.timeline, closed)
    if ground.grants:
        _grant(opened, ground, closed)


def _as_of(day: date, opened: Opened, ground: Ground) -> Opened:
    """The clock as it was on a day on which it, or what is halfway to it, was closed."""
    calendar = ground.calendar.as_known_on(day)
    if calendar is opened.calendar and opened.sooner is None and not opened.relief and not opened.waived:
        return opened
    limit = opened.timescale.limit_on(opened.start.on) or opened.limit
    due = _due(limit, opened.start, ground, calendar, opened.towards)
    then = replace(opened, limit=limit, due=due, calendar=calendar, sooner=None, relief=(), waived=None)
    _adjust(then, ground, day)
    return then


def _let_go(opened: Opened, waived: Granted, ground: Ground) -> Opened:
    """The clock as it was when the promise was waived; no waiver where it was overdue by what was known that day."""
    then = _as_of(waived.on, opened, ground)
    return then if then.waived is not None else replace(opened, waived=None)


def _open_row(
    row: Timescale,
    ground: Ground,
    found: dict[tuple[str, UUID], Opened],
    by_start: Mapping[int, Sequence[Opened]],
) -> None:
    for start in ground.timeline.starts(row):
        opened = open_one(row, start, ground, by_start.get(id(start), ()))
        if opened is not None and ground.timeline.holds_when_due(row, opened.due.on):
            found.setdefault(opened.key, opened)


def _due(limit: Period, start: Fact, ground: Ground, calendar: Calendar, towards: Opened | None) -> Due:
    match limit:
        case WorkingDays() | CalendarDays() | CalendarMonths():
            return limit.due(start.on, calendar)
        case ElapsedHours():
            if start.at is None:
                raise TypeError("hours need an instant")
            return limit.due(start.at)
        case RollingDays():
            return limit.due(start.on, _stays(start, ground.timeline))
        case Midpoint():
            if towards is None:
                raise TypeError("a midpoint needs the other due date")
            return limit.due(start.on, towards.due)


def _decide_when_due(opened: Opened, ground: Ground) -> None:
    """Take the limit in force on the due day, where that is another."""
    later = opened.timescale.limit_on(opened.due.on)
    if later is not None and later != opened.limit:
        opened.limit = later
        opened.due = _due(later, opened.start, ground, opened.calendar, opened.towards)


def _bring_forward(opened: Opened, sooner: OrEarlier, timeline: Timeline, closed: date | None) -> None:
    """Due earlier where the fact that asks for it came before the clock was closed."""
    facts = timeline.of(sooner.fact)
    fact = next((each for each in facts if follows(each, opened.start, Precision.DAY)), None)
    if fact is None or (closed is not None and closed < fact.on):
        return
    other = sooner.limit.due(fact.on, opened.calendar) if sooner.limit else Due.by_end_of(fact.on)
    if other.on < opened.due.on:
        opened.due, opened.sooner = other, fact


def _grant(opened: Opened, ground: Ground, closed: date | None) -> None:
    """What was granted for this very clock before it was closed."""
    row, start = opened.timescale, opened.start
    grants = [
        each
        for each in ground.grants.get((row.code, str(start.record)), ())
        if closed is None or each.on <= closed
    ]
    if grants:
        opened.due, opened.relief = relieve(
            opened.due, opened.limit, start.on, row.relief, grants, opened.calendar
        )
        opened.waived = waiver(opened.due, row.relief, grants)


def _following(limit: Midpoint, others: Iterable[Opened]) -> Opened | None:
    """The earliest due of the clocks that the limit names, of those that the same fact started."""
    running = (each for each in others if limit.names(each.timescale.code))
    days = (each for each in running if each.timescale.precision is Precision.DAY)
    return min(days, key=lambda each: each.due.on, default=None)


def _stays(start: Fact, timeline: Timeline) -> list[tuple[date, date]]:
    """The earlier stays of the starting kind that have ended, each with its first day and its last."""
    ends = {fact.record: fact.on for fact in timeline.of(start.kind.replace(".began", ".ended"))}
    earlier = (fact for fact in timeline.of(start.kind) if fact.order < start.order)
    return [(fact.on, ends[fact.record]) for fact in earlier if fact.record in ends]
