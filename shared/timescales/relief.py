"""Pauses, later dates and waivers that somebody granted: what they do to a due time, and what they cannot do.

Granted on a day after the due day they do nothing: what is overdue stays so. They never bring a date forward.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from shared.timescales.calendar import Calendar
from shared.timescales.due import Due
from shared.timescales.facts import Fact
from shared.timescales.periods import Period, WorkingDays
from shared.timescales.timeline import Timeline
from shared.timescales.timescale import Relief

EXEMPTION, PAUSE = "exemption.granted", "pause.granted"


@dataclass(frozen=True, slots=True)
class Granted:
    """One thing granted: on which day, and for a pause the days that do not count, both included; for a later
    date the day itself; for a waiver neither."""

    on: date
    record: UUID
    first: date | None = None
    until: date | None = None

    @property
    def is_waiver(self) -> bool:
        """Whether the promise was let go."""
        return self.until is None


def granted(timeline: Timeline) -> Mapping[tuple[str, str], list[Granted]]:
    """What was granted in a history, by timescale and anchor, in the order of the grants."""
    found: dict[tuple[str, str], list[Granted]] = {}
    facts = sorted([*timeline.of(EXEMPTION), *timeline.of(PAUSE)], key=lambda fact: fact.order)
    for fact in facts:
        if each := _granted(fact):
            found.setdefault((fact.codes["timescale"], fact.codes["anchor"]), []).append(each)
    return found


def _granted(fact: Fact) -> Granted | None:
    codes = fact.codes
    if "timescale" not in codes or "anchor" not in codes or (fact.kind == PAUSE) is not ("from" in codes):
        return None
    try:
        first, until = (
            date.fromisoformat(codes[name]) if name in codes else None for name in ("from", "until")
        )
    except ValueError:
        return None
    return Granted(fact.on, fact.record, first, until)


def relieve(
    due: Due, limit: Period, start: date, allowed: Relief, grants: Sequence[Granted], calendar: Calendar
) -> tuple[Due, tuple[Granted, ...]]:
    """The due time after everything that was granted in time and that the row allows, and what of it counted."""
    counted: list[Granted] = []
    latest = allowed.extension.due(due.on, calendar).on if allowed.extension else None
    for each in grants:
        if each.on > due.on or each.is_waiver:
            continue
        if each.first is not None:
            later = _paused(due, limit, start, each, calendar) if allowed.pause else due
        else:
            later = _extended(due, each, latest)
        if later.on > due.on:
            due = later
            counted.append(each)
    return due, tuple(counted)


def waiver(due: Due, allowed: Relief, grants: Sequence[Granted]) -> Granted | None:
    """The waiver that let the promise go before it was due, if there is one and the row allows it."""
    if not allowed.waiver:
        return None
    return next((each for each in grants if each.is_waiver and each.on <= due.on), None)


def _paused(due: Due, limit: Period, start: date, pause: Granted, calendar: Calendar) -> Due:
    assert pause.first is not None and pause.until is not None
    first, last = max(pause.first, start + timedelta(days=1)), pause.until
    if first > due.on or last < first:
        return due
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if isinstance(limit, WorkingDays):
        lost = sum(calendar.is_working_day(day) for day in days)
        on = calendar.working_day(due.on, lost) if lost else due.on
    else:
        on = due.on + timedelta(days=len(days))
    provisional = due.provisional or (isinstance(limit, WorkingDays) and on > calendar.published_through)
    return Due.by_end_of(on, provisional=provisional)


def _extended(due: Due, extension: Granted, latest: date | None) -> Due:
    if latest is None or extension.until is None or extension.until <= due.on:
        return due
    return Due.by_end_of(min(extension.until, latest), provisional=due.provisional)
