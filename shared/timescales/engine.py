"""The whole engine: one history's facts, the catalogue and the calendar in; explained deadlines out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import Catalogue
from shared.timescales.closing import Outcome, close
from shared.timescales.explanation import explain
from shared.timescales.facts import Fact, Precision
from shared.timescales.london import day_starts_at
from shared.timescales.opening import Opened, open_all
from shared.timescales.timeline import Timeline

__all__ = ["Deadline", "Outcome", "deadlines"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """What one timescale says about one history.

    `anchor` is the record of the starting fact. `starts_at` is set only for clocks in hours. `due_on` is a
    London date. `due_at` is a UTC instant: the exact one for hours (still in time), and for days the first
    instant that is out of time, the end of `due_on`. `warnings` are UTC instants after the start and before
    `due_at`, earliest first.
    """

    timescale: str
    anchor: UUID
    starts_on: date
    starts_at: datetime | None
    precision: Precision
    due_on: date
    due_at: datetime
    provisional: bool
    outcome: Outcome
    closed_on: date | None
    closed_by: str | None
    explanation: tuple[str, ...]
    warnings: tuple[datetime, ...]


def deadlines(history: Iterable[Fact], catalogue: Catalogue, calendar: Calendar) -> list[Deadline]:
    """Every deadline of one history, in the order of their starts, whatever the order of the facts given."""
    timeline = Timeline(history)
    opened = open_all(timeline, catalogue.timescales, calendar)
    return [_deadline(each, timeline, calendar) for each in opened]


def _deadline(opened: Opened, timeline: Timeline, calendar: Calendar) -> Deadline:
    row, start, closure = opened.timescale, opened.start, close(opened, timeline)
    return Deadline(
        timescale=row.code,
        anchor=start.record,
        starts_on=start.on,
        starts_at=start.at if row.precision is Precision.INSTANT else None,
        precision=row.precision,
        due_on=opened.due.on,
        due_at=opened.due.at,
        provisional=opened.due.provisional,
        outcome=closure.outcome,
        closed_on=closure.on,
        closed_by=closure.by,
        explanation=explain(opened, calendar),
        warnings=_warnings(opened, calendar),
    )


def _warnings(opened: Opened, calendar: Calendar) -> tuple[datetime, ...]:
    """A warning that would come before the clock starts is left out."""
    start, due = opened.start, opened.due
    begins_at = start.at if start.at is not None else day_starts_at(start.on)
    moments = {warning.warn_at(due, calendar) for warning in opened.timescale.warn}
    return tuple(sorted(moment for moment in moments if begins_at < moment < due.at))
