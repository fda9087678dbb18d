"""One clock that runs, worked out from its start and from what bears on its date, without the rest of its history."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import Catalogue
from shared.timescales.counted import as_counted
from shared.timescales.engine import Deadline, deadline_of
from shared.timescales.facts import Fact
from shared.timescales.opening import Ground, open_one
from shared.timescales.relief import EXEMPTION, PAUSE, granted
from shared.timescales.timeline import Timeline
from shared.timescales.timescale import Timescale


def bearing_kinds(row: Timescale, catalogue: Catalogue) -> frozenset[str]:
    """The kinds of fact that bear on the date of a clock that runs, besides its start: what brings it forward, what
    was granted, and on which day such a fact counts."""
    sooner = {row.or_earlier.fact} if row.or_earlier else set()
    told = {rule.fact for rule in catalogue.counted.values() if sooner & {rule.fact, rule.leaves}}
    as_of = {catalogue.counted[kind].as_of for kind in told}
    return frozenset({EXEMPTION, PAUSE} | sooner | told | as_of)


def start_of(row: Timescale, anchor: UUID, on: object, facts: Iterable[Fact]) -> Fact | None:
    """The fact of this record that started the clock on this London date, by the first of the row's starts."""
    mine = {fact.kind: fact for fact in facts if fact.record == anchor and fact.on == on}
    return next((mine[each.fact] for each in row.starts if each.fact in mine), None)


def running(
    row: Timescale, anchor: UUID, on: object, told: Sequence[Fact], catalogue: Catalogue, calendar: Calendar
) -> Deadline | None:
    """The deadline of a clock that this record started on this London date, and that nothing has closed.

    `told` are the facts of its record and those that bear on its date. A midpoint cannot be worked out so. None
    where they do not tell how it started, or where something has closed it after all.
    """
    counted = list(as_counted(told, catalogue.counted, calendar))
    start = start_of(row, anchor, on, counted)
    if start is None or row.is_midpoint:
        return None
    kinds = bearing_kinds(row, catalogue)
    timeline = Timeline([start, *(fact for fact in counted if fact.kind in kinds and fact is not start)])
    opened = open_one(row, start, Ground(timeline, calendar, granted(timeline)))
    if opened is None or opened.stop is not None or opened.cancel is not None:
        return None
    return deadline_of(opened)
