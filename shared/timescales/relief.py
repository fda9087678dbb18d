"""Pauses, later dates and waivers that somebody granted: what they do to a due time, and what they cannot do.

Granted on a day after the due day they do nothing: what is overdue stays so. They never bring a date forward.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.timescales.calendar import Calendar
from shared.timescales.due import Due
from shared.timescales.facts import EARLIEST, LATEST, Fact
from shared.timescales.periods import Period, WorkingDays
from shared.timescales.timeline import Timeline
from shared.timescales.timescale import Relief

EXEMPTION, PAUSE = "exemption.granted", "pause.granted"
_NAMES = {EXEMPTION: {"timescale", "anchor"}, PAUSE: {"timescale", "anchor", "from", "until"}}


@dataclass(frozen=True, slots=True)
class Granted:
    """One thing granted: on which day, and at which instant where that is known; for a pause the days that do not
    count, both included; for a later date the day itself; for a waiver neither."""

    on: date
    record: UUID
    first: date | None = None
    until: date | None = None
    at: datetime | None = None

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
    """What a fact grants; None for one that names no clock, or whose days make no sense."""
    codes = fact.codes
    if not codes.keys() >= _NAMES[fact.kind] or ("from" in codes) is not (fact.kind == PAUSE):
        return None
    try:
        first, until = (_day(codes[name]) if name in codes else None for name in ("from", "until"))
    except ValueError:
        return None
    return Granted(fact.on, fact.record, first, until, fact.at)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not EARLIEST <= day <= LATEST:
        raise ValueError("beyond all facts")
    return day


def relieve(
    due: Due, limit: Period, start: date, allowed: Relief, grants: Sequence[Granted], calendar: Calendar
) -> tuple[Due, tuple[Granted, ...]]:
    """The due time after everything that was granted in time and that the row allows, and what of it counted."""
    counted: list[Granted] = []
    still: set[date] = set()
    latest = allowed.extension.due(due.on, calendar).on if allowed.extension else None
    for each in grants:
        if each.on > due.on or each.is_waiver:
            continue
        if each.first is None:
            later = _extended(due, each, latest)
        else:
            days = _days_still(each, start, due.on) - still if allowed.pause else set()
            later = _paused(due, limit, days, calendar)
            still |= days
        if later.on > due.on:
            due = later
            counted.append(each)
    return due, tuple(counted)


def waiver(due: Due, allowed: Relief, grants: Sequence[Granted]) -> Granted | None:
    """The waiver that let the promise go before it was due, if there is one and the row allows it. One of which the
    instant is known must have come before the due instant, whether hours or days are counted."""
    if not allowed.waiver:
        return None
    in_time = (each for each in grants if each.is_waiver and each.on <= due.on)
    return next((each for each in in_time if each.at is None or each.at <= due.at), None)


def _days_still(pause: Granted, start: date, due_on: date) -> set[date]:
    """The days after the start on which the clock stands still; none for a pause that begins after it is due."""
    assert pause.first is not None and pause.until is not None
    first = max(pause.first, start + timedelta(days=1))
    length = (pause.until - first).days + 1 if first <= due_on else 0
    return {first + timedelta(days=n) for n in range(length)}


def _paused(due: Due, limit: Period, days: set[date], calendar: Calendar) -> Due:
    if not isinstance(limit, WorkingDays):
        return Due.by_end_of(due.on + timedelta(days=len(days)), provisional=due.provisional)
    on = calendar.working_day(due.on, sum(map(calendar.is_working_day, days)))
    return Due.by_end_of(on, provisional=due.provisional or on > calendar.published_through)


def _extended(due: Due, extension: Granted, latest: date | None) -> Due:
    if latest is None or extension.until is None or extension.until <= due.on:
        return due
    return Due.by_end_of(min(extension.until, latest), provisional=due.provisional)
