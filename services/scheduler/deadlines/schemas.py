"""A deadline as it is shown: how it stands, why it falls when it does, and everything it has been."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from services.scheduler.deadlines.explanation import EXAMPLE as EXPLANATION
from services.scheduler.deadlines.explanation import Explained
from shared.http.fields import View

EXAMPLE: dict[str, Any] = {
    "id": "0f6f8f0e-4c61-5e0a-8a0e-0d1b6a1d7c55",
    "history_id": "0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
    "child_id": "0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d12",
    "timescale": "lac-review-first",
    "title": "First looked-after review",
    "basis": "statutory",
    "source": "SI 2010/959 reg 33(1)",
    "confirmed": True,
    "starts_on": "2026-11-16",
    "starts_at": None,
    "due_on": "2026-12-14",
    "due_at": "2026-12-15T00:00:00Z",
    "provisional": False,
    "outcome": "open",
    "standing": "in_time",
    "closed_on": None,
    "closed_by": None,
    "passing": "breach",
    "breached": False,
    "historic": False,
    "version": 1,
    "revision": 1,
    "changed_at": "2026-11-16T09:30:00Z",
    "reason": ["Day 0 is Mon 16 November 2026, when the child became looked after."],
}


class DeadlineView(View):
    """A promise as it is stored. `_on` are London's dates, `_at` UTC instants."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID
    history_id: UUID
    child_id: UUID | None
    timescale: str
    title: str
    basis: str
    source: str | None
    confirmed: bool | None = Field(description="Whether somebody has read the figure in its source.")
    starts_on: date
    starts_at: datetime | None
    due_on: date
    due_at: datetime
    provisional: bool
    outcome: str
    standing: str = Field(description="in_time, due_soon, overdue or passed; once closed, the outcome.")
    closed_on: date | None
    closed_by: str | None
    passing: str = Field(description="What it means when the date passes: a breach, agreement, or a mark.")
    breached: bool = Field(description="Whether a breach of this version stands.")
    historic: bool
    version: int
    revision: int
    changed_at: datetime
    reason: list[str]


class ExplanationView(Explained):
    """Why a deadline falls when it does. `recomputed` is false where it closed under an earlier wording of the law,
    was withdrawn, or is just being moved: then there are only the words it was given with."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"deadline_id": EXAMPLE["id"], "recomputed": True} | EXPLANATION}
    )

    deadline_id: UUID
    recomputed: bool


class RevisionView(View):
    """What the deadline was, from when until when, and because of what it changed: facts, the calendar, the law."""

    revision: int
    version: int
    starts_on: date
    starts_at: datetime | None
    due_on: date
    due_at: datetime
    provisional: bool
    outcome: str
    closed_on: date | None
    closed_by: str | None
    reason: list[str]
    stood_from: datetime
    stood_until: datetime | None = Field(description="Null: it stands.")
    changed_because: str | None


class BreachView(View):
    """A recorded breach of one version, and whether it fell away."""

    version: int
    due_at: datetime
    recorded_at: datetime
    historic: bool
    withdrawn_at: datetime | None
    withdrawn_because: str | None


class ToldView(View):
    """Something that was told, when, and whether it was taken back."""

    record_id: UUID
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str | None


class FactView(ToldView):
    """A fact that starts the clock or closed it at some time."""

    part: str = Field(description="`starts` or `closes`.")
    kind: str
    happened_on: date
    happened_at: datetime | None


class ExemptionView(ToldView):
    """A pause, a later date or a waiver that was granted for the deadline."""

    kind: str
    granted_on: date
    from_on: date | None
    until_on: date | None


class StoryView(View):
    """The whole story of a deadline, the earliest first; nothing in it is ever deleted."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "deadline": EXAMPLE,
                "revisions": [],
                "breaches": [],
                "exemptions": [],
                "facts": [
                    {
                        "part": "starts",
                        "kind": "care_period.started",
                        "happened_on": "2026-11-16",
                        "happened_at": None,
                        "record_id": "0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
                        "recorded_at": "2026-11-16T09:30:00Z",
                        "withdrawn_at": None,
                        "withdrawn_because": None,
                    }
                ],
            }
        }
    )

    deadline: DeadlineView
    revisions: list[RevisionView]
    breaches: list[BreachView]
    exemptions: list[ExemptionView]
    facts: list[FactView]
