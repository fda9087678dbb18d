"""Each entry of a timeline in one line of plain English. No names, and no words that anybody wrote."""

from datetime import datetime
from typing import Any

from services.reviews_api.naming import title_and_basis
from shared.timescales.catalogue import Catalogue
from shared.timescales.london import london_date
from shared.timescales.telling import ENDED, due_by, happened
from shared.timescales.wording import day_in_words


def words(row: Any, catalogue: Catalogue) -> str:
    """The line for an entry."""
    match row.what:
        case "fact":
            return f"{happened(row.kind)}{_taken_back(row.withdrawn_at)}"
        case "deadline_opened":
            start, due = _title(row, catalogue), due_by(catalogue.find(row.timescale), row.due_on, row.due_at)
            return f"{start}: the clock starts; due {due}.{_taken_back(row.withdrawn_at)}"
        case "deadline_closed":
            return f"{_title(row, catalogue)}: {ENDED[row.outcome]}."
        case "deadline_breached":
            due = due_by(catalogue.find(row.timescale), row.on_day, row.due_at)
            return f"{_title(row, catalogue)}: not done {due}.{_taken_back(row.withdrawn_at)}"
        case _:
            return _escalation(row, catalogue)


def _escalation(row: Any, catalogue: Catalogue) -> str:
    kind = row.kind.replace("_", " ")
    about = f" about: {_title(row, catalogue)}" if row.timescale else ""
    verb = row.what.removeprefix("escalation_")
    return f"{kind[0].upper()}{kind[1:]} {verb}{about}."


def _title(row: Any, catalogue: Catalogue) -> str:
    return title_and_basis(catalogue, row.timescale)[0]


def _taken_back(at: datetime | None) -> str:
    return f" Taken back on {day_in_words(london_date(at))}." if at else ""
