"""What the fields of events are, said beside them. A text is always a code, a reference or an id: never free text.

Dates are London's and instants UTC, as everywhere; only what a field's name does not say is said here.
"""

from dataclasses import dataclass, field
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Said:
    """What a field means. One that came `later` than its event is missing from the events stored before."""

    meaning: str
    later: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Code(Said):
    """A text that is a code: one of those `known` today, or of the list that ships as `listed`. Others may come."""

    known: tuple[str, ...] = ()
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class Reference(Said):
    """A text by which the case system knows somebody or something; the council sees to it that it is no name."""


@dataclass(frozen=True, slots=True)
class Id(Said):
    """A UUID of Duecare's, as text."""


RECORDS = (
    "allocation",
    "audit",
    "care_period",
    "care_planning_meeting",
    "checklist",
    "checklist_answer",
    "child",
    "conference",
    "conflict",
    "core_group",
    "decision",
    "dip_sample",
    "legal_status",
    "midpoint_check",
    "milestone",
    "observation",
    "placement",
    "pre-proceedings_record",
    "protection_plan",
    "review",
    "strategy_discussion",
    "supervision",
    "survey",
    "visit",
    "worker",
)
OFFICER_ROLES = ("iro", "cp_chair", "cin_iro")

Officer = Annotated[str, Reference("The officer, by the case system's reference.")]
OfficerRole = Annotated[str, Code("What they are to the child.", OFFICER_ROLES)]
Timescale = Annotated[str, Code("The timescale, one of those that `GET /v1/timescales` lists.")]
Ladder = Annotated[str, Code("The ladder of escalation, one of those that `GET /v1/ladders` lists.")]
Stage = Annotated[str, Code("The stage of its ladder.")]
