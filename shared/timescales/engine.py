"""The whole engine: one history's facts, the catalogue and the calendar in; explained deadlines out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import Catalogue
from shared.timescales.closing import Outcome, close
from shared.timescales.counted import as_counted
from shared.timescales.explanation import explain
from shared.timescales.facts import Fact
from shared.timescales.kind import Precision
from shared.timescales.kinds import possible_histories
from shared.timescales.opening import Opened, open_all
from shared.timescales.timeline import Timeline
from shared.timescales.timescale import Passing

__all__ = ["Deadline", "Outcome", "deadlines"]


@dataclass(slots=True)
class Deadline:
    """What one timescale says about one history.

    `anchor` is the record of the starting fact. `starts_at` is set only for clocks in hours. `due_on` is a
    London date. `due_at` is a UTC instant: the exact one for hours (still in time), and for days the first
    instant that is out of time, the end of `due_on`. `law` tells the rule from an earlier or later wording of it.
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
    passing: Passing
    law: str = field(compare=False)
    opened: Opened = field(repr=False, compare=False)

    @property
    def explanation(self) -> tuple[str, ...]:
        """Why this date, line by line."""
        return explain(self.opened)

    @property
    def warnings(self) -> tuple[datetime, ...]:
        """UTC instants after the start and before `due_at`, earliest first."""
        return self.opened.warnings


def deadlines(
    history: Iterable[Fact], catalogue: Catalogue, calendar: Calendar, only: Collection[str] | None = None
) -> list[Deadline]:
    """Every deadline of one history, in the order of their starts, whatever the order of the facts given.

    `only` names the timescales that are wanted; what these hang on is worked out with them.
    """
    timeline = Timeline(as_counted(history, catalogue.counted, calendar))
    rows = catalogue.started_by(timeline.kinds, possible_histories(timeline.kinds), only)
    opened = open_all(timeline, rows, calendar)
    wanted = opened if only is None else [each for each in opened if each.timescale.code in only]
    return [deadline_of(each) for each in wanted]


def deadline_of(opened: Opened) -> Deadline:
    """What became of a clock that has started."""
    row, start, closure = opened.timescale, opened.start, close(opened)
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
        passing=row.passing,
        law=row.wording(opened.calendar.edition),
        opened=opened,
    )
