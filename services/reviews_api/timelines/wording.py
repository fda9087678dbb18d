"""Each entry of a timeline in one line of plain English. No names, and no words that anybody wrote."""

from datetime import date, datetime
from typing import Any

from services.reviews_api.naming import title_and_basis
from shared.timescales.catalogue import Catalogue
from shared.timescales.kind import Precision
from shared.timescales.kinds import KINDS
from shared.timescales.london import london_date
from shared.timescales.wording import day_in_words, instant_in_words

ENDS = {
    "met": "done in time",
    "met_late": "done, after its date",
    "ended": "no longer owed",
    "ended_unmet": "no longer owed, and not done by its date",
    "passed": "its date went by, and no duty was broken",
    "waived": "let go by a waiver",
}


def words(row: Any, catalogue: Catalogue) -> str:
    """The line for an entry."""
    match row.what:
        case "fact":
            return f"{_happened(row.kind)}{_taken_back(row.withdrawn_at)}"
        case "deadline_opened":
            start, due = _title(row, catalogue), _due(row.timescale, row.due_on, row.due_at, catalogue)
            return f"{start}: the clock starts; due {due}.{_taken_back(row.withdrawn_at)}"
        case "deadline_closed":
            return f"{_title(row, catalogue)}: {ENDS[row.outcome]}."
        case "deadline_breached":
            due = _due(row.timescale, row.on_day, row.due_at, catalogue)
            return f"{_title(row, catalogue)}: not done {due}.{_taken_back(row.withdrawn_at)}"
        case _:
            return _escalation(row, catalogue)


def _happened(kind: str) -> str:
    known = KINDS.get(kind)
    if known is None:
        return f"{kind}."
    said = known.occasion.removeprefix("when ")
    return f"{said[0].upper()}{said[1:]}."


def _escalation(row: Any, catalogue: Catalogue) -> str:
    kind = row.kind.replace("_", " ")
    about = f" about: {_title(row, catalogue)}" if row.timescale else ""
    verb = row.what.removeprefix("escalation_")
    return f"{kind[0].upper()}{kind[1:]} {verb}{about}."


def _title(row: Any, catalogue: Catalogue) -> str:
    return title_and_basis(catalogue, row.timescale)[0]


def _due(code: str, on: date, at: datetime, catalogue: Catalogue) -> str:
    timescale = catalogue.find(code)
    if timescale is not None and timescale.precision is Precision.INSTANT:
        return f"by {instant_in_words(at)}"
    return f"by the end of {day_in_words(on)}"


def _taken_back(at: datetime | None) -> str:
    return f" Taken back on {day_in_words(london_date(at))}." if at else ""
