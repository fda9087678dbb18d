"""Clocks that have started: each with its due time, before anybody asks what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.timescales.agreement import matching
from shared.timescales.calendar import Calendar
from shared.timescales.due import Due
from shared.timescales.facts import Fact
from shared.timescales.periods import ElapsedHours, Midpoint, Period
from shared.timescales.timeline import Timeline
from shared.timescales.timescale import Timescale


@dataclass(frozen=True, slots=True)
class Opened:
    """A timescale, the fact that started its clock, the limit on that day, and when it is due."""

    timescale: Timescale
    start: Fact
    limit: Period
    due: Due


def open_all(timeline: Timeline, timescales: Sequence[Timescale], calendar: Calendar) -> list[Opened]:
    """Every clock that the facts have started, in the order of the starts and then of the catalogue."""
    direct = [
        each for row in timescales if not row.is_midpoint for each in _open_row(row, timeline, (), calendar)
    ]
    halves = [
        each for row in timescales if row.is_midpoint for each in _open_row(row, timeline, direct, calendar)
    ]
    place = {row.code: number for number, row in enumerate(timescales)}
    return sorted(direct + halves, key=lambda each: (each.start.order, place[each.timescale.code]))


def open_one(
    timescale: Timescale, start: Fact, others: Iterable[Opened], calendar: Calendar
) -> Opened | None:
    """The clock this fact starts; None if out of force that day, or halfway to what is not running."""
    limit = timescale.limit_on(start.on)
    if limit is None:
        return None
    due = _halfway(limit, start, others) if isinstance(limit, Midpoint) else _due(limit, start, calendar)
    return Opened(timescale, start, limit, due) if due is not None else None


def _open_row(
    row: Timescale, timeline: Timeline, others: Sequence[Opened], calendar: Calendar
) -> list[Opened]:
    opened = (open_one(row, start, others, calendar) for start in timeline.starts(row))
    return [each for each in opened if each is not None]


def _due(limit: Period, start: Fact, calendar: Calendar) -> Due:
    if isinstance(limit, Midpoint):
        raise TypeError("a midpoint needs the other due date")
    if not isinstance(limit, ElapsedHours):
        return limit.due(start.on, calendar)
    if start.at is None:
        raise TypeError("hours need an instant")
    return limit.due(start.at)


def _halfway(limit: Midpoint, start: Fact, others: Iterable[Opened]) -> Due | None:
    """Halfway to the earliest of the running timescales that the limit names and the same fact started."""
    running = [each for each in others if each.start is start]
    named = matching(limit, start.kind, [each.timescale for each in running])
    following = min(
        (each for each in running if each.timescale in named), key=lambda each: each.due.on, default=None
    )
    return limit.due(start.on, following.due, following.timescale.title) if following else None
