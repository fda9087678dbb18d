"""What would be due: one timescale and one start, without a child."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from shared.timescales.agreement import matching
from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import Catalogue
from shared.timescales.explanation import explain
from shared.timescales.facts import EARLIEST, LATEST, Fact, Precision
from shared.timescales.london import london_date
from shared.timescales.opening import Opened, open_one
from shared.timescales.periods import Midpoint
from shared.timescales.timescale import Nth, Timescale

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
_INSTANT = re.compile(_DATE.pattern + _TIME)
_NOBODY = UUID(int=0)


class PreviewRefused(ValueError):
    """A preview that cannot be given, and why, in one line that does not repeat what was typed."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The due date (or UTC instant, for hours) of a timescale from a start, and the reason for it."""

    code: str
    start: str
    due: date | datetime
    provisional: bool
    explanation: tuple[str, ...]


def preview(code: str, start: str, catalogue: Catalogue, calendar: Calendar) -> Preview:
    """What the timescale says of a start: a date such as 2025-04-17, or an instant with its offset for hours.

    A midpoint is previewed as after the first review. Raises PreviewRefused.
    """
    row = _find(code, catalogue)
    opened = _open(row, _fact(row, start), catalogue, calendar)
    due = opened.due.at if row.precision is Precision.INSTANT else opened.due.on
    return Preview(row.code, start, due, opened.due.provisional, explain(opened, calendar))


def _find(code: str, catalogue: Catalogue) -> Timescale:
    if row := catalogue.find(code):
        return row
    known = ", ".join(each.code for each in catalogue.timescales)
    raise PreviewRefused(f"There is no timescale with that code. The known codes are {known}.")


def _open(row: Timescale, start: Fact, catalogue: Catalogue, calendar: Calendar) -> Opened:
    limit = row.limit_on(start.on)
    if limit is None:
        stretches = ", ".join(f"{each.first_day} to {each.last_day or 'now'}" for each in row.in_force)
        raise PreviewRefused(f"{row.code} does not cover that start: it is in force {stretches}.")
    named = matching(limit, start.kind, catalogue.timescales) if isinstance(limit, Midpoint) else []
    others = [open_one(each, start, (), calendar) for each in named if each.starts.nth is not Nth.AFTER_FIRST]
    if opened := open_one(row, start, [each for each in others if each], calendar):
        return opened
    raise PreviewRefused(f"{row.code} has nothing to be halfway to from that start.")


def _fact(row: Timescale, start: str) -> Fact:
    if row.precision is Precision.INSTANT:
        at = _instant(row.code, start)
        return Fact(row.starts.fact, _NOBODY, london_date(at), at)
    on = _day(row.code, start)
    return Fact(row.starts.fact, _NOBODY, on)


def _day(code: str, start: str) -> date:
    if not _DATE.fullmatch(start):
        raise PreviewRefused(f"{code} counts days: START must be a date such as 2025-04-17.")
    return _within_reach(_parsed(start).date())


def _instant(code: str, start: str) -> datetime:
    if not _INSTANT.fullmatch(start):
        wanted = "START must be an instant with its offset, such as 2025-10-24T16:00:00+01:00"
        raise PreviewRefused(f"{code} counts hours: {wanted}.")
    at = _parsed(start)
    _within_reach(at.date())  # before the offset is applied, which has no room to move in years 1 and 9999
    _within_reach(london_date(at))
    return at.astimezone(UTC)


def _parsed(start: str) -> datetime:
    try:
        return datetime.fromisoformat(start)
    except ValueError:
        raise PreviewRefused("START is no date that exists.") from None


def _within_reach(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise PreviewRefused(f"START must lie between {EARLIEST.year} and {LATEST.year}.")
    return day
