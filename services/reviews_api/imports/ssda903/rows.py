"""The rows of a return in typed form, each judged by itself."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from services.reviews_api.imports.findings import Refused
from services.reviews_api.imports.ssda903.files import Kind, Line
from services.reviews_api.reviews.participation import Participation
from shared.codes.lists import code_list

EARLIEST, LATEST = 1900, 2200
SHORT_BREAKS = frozenset({"V3", "V4"})
LEGAL_STATUSES = frozenset(each.code for each in code_list("legal_status").codes)
PLACEMENTS = frozenset(each.code for each in code_list("placement").codes)  # also those of earlier years
REASONS_NEW = frozenset("SLPTBU")
REASON_ENDED = re.compile(r"[A-Z][0-9]{1,2}[A-Z]?", re.ASCII)
DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", re.ASCII)
# Room is left for the date that completes a record's reference: CHILD-yyyy-mm-dd is 64 characters at most.
CHILD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,52}", re.ASCII)


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A child of the return."""

    row: int
    child: str
    born_on: date


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """An episode; `ended_on` None means that it went on when the return was made."""

    row: int
    child: str
    started_on: date
    ended_on: date | None
    legal_status: str
    placement: str
    reason_new: str
    reason_ended: str | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review that was held, and the child's part in it."""

    row: int
    child: str
    born_on: date
    held_on: date
    participation: str


Row = HeaderRow | EpisodeRow | ReviewRow


def read_row(kind: Kind, line: Line, today: date) -> Row:
    """The row in typed form, as seen on `today` (London). Raises Refused."""
    if line.refusal is not None:
        raise line.refusal
    return READERS[kind](line, today)


def _header(line: Line, today: date) -> HeaderRow:
    return HeaderRow(line.row, _child(line), _past(line, "DOB", today))


def _episode(line: Line, today: date) -> EpisodeRow:
    child, started_on = _child(line), _past(line, "DECOM", today)
    ended_on = _past(line, "DEC", today) if line.cells["DEC"] else None
    if ended_on is not None and ended_on < started_on:
        raise Refused("DEC", "ends_before_it_starts")
    return EpisodeRow(
        line.row,
        child,
        started_on,
        ended_on,
        _code(line, "LS", LEGAL_STATUSES),
        _code(line, "PLACE", PLACEMENTS),
        _code(line, "RNE", REASONS_NEW),
        _reason_ended(line),
    )


def _review(line: Line, today: date) -> ReviewRow:
    child, born_on = _child(line), _past(line, "DOB", today)
    held_on = _past(line, "REVIEW", today)
    return ReviewRow(line.row, child, born_on, held_on, _code(line, "REVIEW_CODE", set(Participation)))


READERS: dict[Kind, Callable[[Line, date], Row]] = {
    "header": _header,
    "episodes": _episode,
    "reviews": _review,
}


def _child(line: Line) -> str:
    if not CHILD.fullmatch(_filled(line, "CHILD")):
        raise Refused("CHILD", "bad_reference")
    return line.cells["CHILD"]


def _past(line: Line, column: str, today: date) -> date:
    parts = DATE.fullmatch(_filled(line, column))
    if parts is None:
        raise Refused(column, "bad_date")
    day, month, year = map(int, parts.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        raise Refused(column, "bad_date") from None
    if not EARLIEST <= year <= LATEST:
        raise Refused(column, "bad_date")
    if found > today:
        raise Refused(column, "in_the_future")
    return found


def _code(line: Line, column: str, known: Collection[str]) -> str:
    if _filled(line, column) not in known:
        raise Refused(column, "unknown_code")
    return line.cells[column]


def _reason_ended(line: Line) -> str | None:
    if line.cells["REC"] and not REASON_ENDED.fullmatch(line.cells["REC"]):
        raise Refused("REC", "unknown_code")
    return line.cells["REC"] or None


def _filled(line: Line, column: str) -> str:
    if not line.cells[column]:
        raise Refused(column, "missing_value")
    return line.cells[column]
