"""What came of trying something out, as it is shown."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from services.scheduler.deadlines.explanation import EXAMPLE as EXPLANATION
from services.scheduler.deadlines.explanation import Explained, explained
from services.scheduler.previews.trying import WhatIf
from shared.deadlines.law import Law
from shared.http.fields import View
from shared.timescales.engine import Deadline
from shared.timescales.what_if import Change, Move


class PreviewedDeadline(Explained):
    """What would be due, and why. `anchor` is the record that starts it: its name, or where the fact stands in what
    you sent."""

    timescale: str
    anchor: str
    outcome: str
    closed_on: date | None
    closed_by: str | None
    passing: str


DEADLINE: dict[str, Any] = EXPLANATION | {
    "timescale": "lac-review-first",
    "anchor": "/facts/0",
    "outcome": "met",
    "closed_on": "2025-05-12",
    "closed_by": "review.held",
    "passing": "breach",
}


class PreviewView(View):
    """Every deadline that the facts give, in the order of their starts."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "catalogue_version": "5b0c6f2e9a11",
                "calendar_version": "0.110-1f0c9a2b",
                "deadlines": [DEADLINE],
            }
        }
    )

    catalogue_version: str
    calendar_version: str
    deadlines: list[PreviewedDeadline]


class SideView(View):
    """A deadline as it is, or as it would be."""

    starts_on: date
    due_on: date
    due_at: datetime
    provisional: bool
    outcome: str
    closed_on: date | None
    lines: list[str]


class MoveView(View):
    """One deadline that differs; without `before` it opens, without `after` it falls away."""

    timescale: str
    title: str
    anchor: str
    change: Change
    before: SideView | None
    after: SideView | None


SIDE: dict[str, Any] = {
    "starts_on": "2025-04-17",
    "due_on": "2025-05-20",
    "due_at": "2025-05-20T23:00:00Z",
    "provisional": False,
}


class WhatIfView(View):
    """What would be otherwise, and how many deadlines would be as they are."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "moves": [
                    {
                        "timescale": "lac-review-first",
                        "title": "First looked-after review",
                        "anchor": "/facts/0",
                        "change": "ends_otherwise",
                        "before": SIDE
                        | {"outcome": "open", "closed_on": None, "lines": EXPLANATION["lines"]},
                        "after": SIDE
                        | {"outcome": "met", "closed_on": "2025-05-12", "lines": EXPLANATION["lines"]},
                    }
                ],
                "unmoved": 3,
            }
        }
    )

    moves: list[MoveView]
    unmoved: int


def show_preview(found: list[Deadline], names: Mapping[UUID, str], law: Law) -> PreviewView:
    """Every deadline with its explanation."""
    return PreviewView(
        catalogue_version=law.catalogue.version,
        calendar_version=law.calendar.version,
        deadlines=[_previewed(each, names) for each in found],
    )


def show_what_if(found: WhatIf) -> WhatIfView:
    """What differs, and how many deadlines do not."""
    return WhatIfView(moves=[_move(each, found.names) for each in found.moves], unmoved=found.unmoved)


def _previewed(deadline: Deadline, names: Mapping[UUID, str]) -> PreviewedDeadline:
    return PreviewedDeadline(
        **dict(explained(deadline.opened)),
        timescale=deadline.timescale,
        anchor=names[deadline.anchor],
        outcome=deadline.outcome,
        closed_on=deadline.closed_on,
        closed_by=deadline.closed_by,
        passing=deadline.passing,
    )


def _move(move: Move, names: Mapping[UUID, str]) -> MoveView:
    known = move.after or move.before
    assert known is not None
    return MoveView(
        timescale=move.timescale,
        title=known.opened.timescale.title,
        anchor=names[move.anchor],
        change=move.change,
        before=_side(move.before),
        after=_side(move.after),
    )


def _side(deadline: Deadline | None) -> SideView | None:
    if deadline is None:
        return None
    return SideView(
        starts_on=deadline.starts_on,
        due_on=deadline.due_on,
        due_at=deadline.due_at,
        provisional=deadline.provisional,
        outcome=deadline.outcome,
        closed_on=deadline.closed_on,
        lines=list(deadline.explanation),
    )
