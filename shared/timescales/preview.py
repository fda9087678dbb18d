"""What would be due: one timescale and one start, without a child."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from uuid import UUID, uuid5

from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import Catalogue
from shared.timescales.explanation import explain
from shared.timescales.facts import EARLIEST, LATEST, Fact
from shared.timescales.kind import Precision
from shared.timescales.kinds import HISTORIES, KINDS
from shared.timescales.london import london_date
from shared.timescales.opening import Ground, Opened, open_one
from shared.timescales.periods import Midpoint
from shared.timescales.timeline import Timeline
from shared.timescales.timescale import Nth, Timescale
from shared.timescales.wording import listed

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
_INSTANT = re.compile(_DATE.pattern + _TIME)
_NOBODY = UUID(int=0)


class PreviewRefused(ValueError):
    """A preview that cannot be given, and why, in one line that does not repeat what was typed."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The due date (or UTC instant, for hours) of a timescale from a start, the reason for it, and the UTC
    instants at which somebody is warned."""

    code: str
    start: str
    due: date | datetime
    provisional: bool
    explanation: tuple[str, ...]
    warnings: tuple[datetime, ...]


def preview(
    code: str, start: str, catalogue: Catalogue, calendar: Calendar, also: Sequence[str] = ()
) -> Preview:
    """What the timescale says of a start: a date such as 2025-04-17, or an instant with its offset for hours.

    `also` are other facts that bear on it, each as KIND=DATE, such as child.born=2025-05-01. Conditions on codes
    are taken as met. A midpoint is previewed as after the first of its kind. Raises PreviewRefused.
    """
    row = _find(code, catalogue)
    opened = _open(row, _start(row, start), [_also(each) for each in also], catalogue, calendar)
    due = opened.due.at if row.precision is Precision.INSTANT else opened.due.on
    return Preview(row.code, start, due, opened.due.provisional, explain(opened), opened.warnings)


def _find(code: str, catalogue: Catalogue) -> Timescale:
    if row := catalogue.find(code):
        return row
    known = [each.code for each in catalogue.timescales]
    nearest = listed(get_close_matches(code[:64], known, n=3, cutoff=0))
    raise PreviewRefused(f"There is no timescale with that code. The nearest are {nearest}.")


def _open(row: Timescale, start: Fact, also: list[Fact], catalogue: Catalogue, calendar: Calendar) -> Opened:
    if row.limit_on(start.on) is None:
        stretches = ", ".join(f"{each.first_day} to {each.last_day or 'now'}" for each in row.in_force)
        raise PreviewRefused(f"{row.code} does not cover that start: it is in force {stretches}.")
    _check_before_end(row, start, also)
    ground = Ground(Timeline([start, *also]), calendar)
    others = _others(row, start, catalogue, ground) if row.is_midpoint else []
    if opened := open_one(row, start, ground, others):
        return opened
    raise PreviewRefused(f"{row.code} has nothing to be halfway to from that start.")


def _check_before_end(row: Timescale, start: Fact, also: list[Fact]) -> None:
    closing = {HISTORIES[history].closes for history in row.histories}
    if any(fact.kind in closing and fact.on < start.on for fact in also):
        raise PreviewRefused("START lies after the end of the history, and no clock starts there.")


def _others(row: Timescale, start: Fact, catalogue: Catalogue, ground: Ground) -> list[Opened]:
    """What the midpoint may be halfway to, as after the first of the starting kind in an ordinary history."""
    limit = row.limit
    following = [
        each
        for each in catalogue.timescales
        if isinstance(limit, Midpoint)
        and limit.names(each.code)
        and not each.when
        and not each.is_midpoint
        and any(
            one.fact == start.kind and one.nth is not Nth.AFTER_FIRST and not one.since for one in each.starts
        )
    ]
    return [opened for each in following if (opened := open_one(each, start, ground))]


def _start(row: Timescale, start: str) -> Fact:
    if row.precision is Precision.INSTANT:
        at = _instant(row.code, start)
        return Fact(row.starts[0].fact, _NOBODY, london_date(at), at)
    on = _day(f"{row.code} counts days: START", start, "START")
    return fact_on(row.starts[0].fact, on)


def _also(text: str) -> Fact:
    kind, _, day = text.partition("=")
    if kind not in KINDS:
        raise PreviewRefused("A further fact is written KIND=DATE, such as child.born=2025-05-01.")
    return fact_on(kind, _day("The day of a further fact", day, "The day of a further fact"))


def fact_on(kind: str, on: date) -> Fact:
    """A fact on a London date; one that is known to the instant is taken to be at noon UTC."""
    instant = KINDS[kind].precision is Precision.INSTANT
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC) if instant else None
    return Fact(kind, uuid5(_NOBODY, f"{kind}:{on}"), on, at)


def _day(what: str, text: str, name: str) -> date:
    if not _DATE.fullmatch(text):
        raise PreviewRefused(f"{what} must be a date such as 2025-04-17.")
    return _within_reach(_parsed(text, name).date(), name)


def _instant(code: str, start: str) -> datetime:
    if not _INSTANT.fullmatch(start):
        wanted = "START must be an instant with its offset, such as 2025-10-24T16:00:00+01:00"
        raise PreviewRefused(f"{code} counts hours: {wanted}.")
    at = _parsed(start)
    _within_reach(at.date())  # before the offset is applied, which has no room to move in years 1 and 9999
    _within_reach(london_date(at))
    return at.astimezone(UTC)


def _parsed(text: str, name: str = "START") -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise PreviewRefused(f"{name} is no date that exists.") from None


def _within_reach(day: date, name: str = "START") -> date:
    if not EARLIEST <= day <= LATEST:
        raise PreviewRefused(f"{name} must lie between {EARLIEST.year} and {LATEST.year}.")
    return day
