"""An explanation as it is shown: the parts of it, and the whole in plain English."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field

from shared.http.fields import View
from shared.timescales.counting import counting, days_off
from shared.timescales.explanation import explain
from shared.timescales.kinds import KINDS
from shared.timescales.opening import Opened
from shared.timescales.relief import Granted
from shared.timescales.timescale import Basis

EXAMPLE: dict[str, Any] = {
    "starts_with": {
        "kind": "care_period.started",
        "occasion": "when the child became looked after",
        "happened_on": "2025-04-17",
        "happened_at": None,
    },
    "rule": {
        "code": "lac-review-first",
        "title": "First looked-after review",
        "limit": "20 working days",
        "basis": "statutory",
        "source": "SI 2010/959 reg 33(1)",
        "confirmed": True,
        "settings": {},
    },
    "days_off": [{"on": "2025-04-18", "name": "Good Friday"}, {"on": "2025-04-21", "name": "Easter Monday"}],
    "counting": ["Not working days on the way: Good Friday (Fri 18 April 2025) and 8 weekend days."],
    "relief": [],
    "sooner": None,
    "due_on": "2025-05-20",
    "due_at": "2025-05-20T23:00:00Z",
    "provisional": False,
    "calendar_version": "0.110-1f0c9a2b",
    "warnings": ["2025-05-05T23:00:00Z", "2025-05-12T23:00:00Z"],
    "lines": ["Day 0 is Thu 17 April 2025, when the child became looked after."],
}


class HappenedView(View):
    """A fact that moves a clock. `on` is London's date, `at` the UTC instant where that is known."""

    kind: str
    occasion: str
    happened_on: date
    happened_at: datetime | None


class RuleView(View):
    """The rule, with the limit that held for this clock, in words, and the council's settings that shaped it."""

    code: str
    title: str
    limit: str
    basis: Basis
    source: str
    confirmed: bool
    settings: dict[str, str]


class DayOffView(View):
    """A weekday that was not counted, and the bank holiday's name."""

    on: date
    name: str


class GrantView(View):
    """What was granted and counted: a `pause` with its first and last day, an `extension` with the later date, or
    a `waiver`."""

    kind: str
    granted_on: date
    from_on: date | None
    until_on: date | None


class Explained(View):
    """Why a deadline falls when it does. Where only the stored words are left, the parts are null."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    starts_with: HappenedView | None
    rule: RuleView | None
    days_off: list[DayOffView]
    counting: list[str] = Field(description="How it was counted: days stepped over, a clamp, a clock change.")
    relief: list[GrantView]
    sooner: HappenedView | None = Field(description="The fact that brought the date forward.")
    due_on: date
    due_at: datetime
    provisional: bool
    calendar_version: str | None
    warnings: list[datetime]
    lines: list[str] = Field(description="The whole explanation.")


def explained(opened: Opened) -> Explained:
    """The explanation of a clock as the engine worked it out."""
    return Explained(
        starts_with=_happened(opened.start),
        rule=_rule(opened),
        days_off=[DayOffView.model_validate(day) for day in days_off(opened)],
        counting=list(counting(opened)),
        relief=list(_grants(opened)),
        sooner=_happened(opened.sooner) if opened.sooner else None,
        due_on=opened.due.on,
        due_at=opened.due.at,
        provisional=opened.due.provisional,
        calendar_version=opened.calendar.version,
        warnings=list(opened.warnings),
        lines=list(explain(opened)),
    )


def _happened(fact: Any) -> HappenedView:
    return HappenedView(
        kind=fact.kind, occasion=KINDS[fact.kind].occasion, happened_on=fact.on, happened_at=fact.at
    )


def _rule(opened: Opened) -> RuleView:
    row = opened.timescale
    return RuleView(
        code=row.code,
        title=row.title,
        limit=str(opened.limit),
        basis=row.basis,
        source=row.source,
        confirmed=row.confirmed,
        settings=dict(row.chosen),
    )


def _grants(opened: Opened) -> Iterator[GrantView]:
    for each in (*opened.relief, *([opened.waived] if opened.waived else [])):
        yield GrantView(kind=grant_kind(each), granted_on=each.on, from_on=each.first, until_on=each.until)


def grant_kind(granted: Granted) -> str:
    """Whether the clock stood still, the date is later, or the promise was let go."""
    return "waiver" if granted.is_waiver else "extension" if granted.first is None else "pause"
