"""What an escalation says when it is raised: about what, how grave, what is asked for by when, and what led to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """How formal the challenge is: a quiet word, recorded; a formal alert; or no challenge but praise."""

    INFORMAL_RESOLUTION = "informal_resolution"
    PRACTICE_ALERT = "practice_alert"
    GOOD_PRACTICE = "good_practice"


class Severity(StrEnum):
    """How much the child suffers by it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class RaisedAs(StrEnum):
    """In which part the officer raised it: for a child in care, on a protection plan, or in need."""

    IRO = "iro"
    CP_CHAIR = "cp_chair"
    CIN_IRO = "cin_iro"


class Source(StrEnum):
    """What led to it."""

    REVIEW = "review"
    CONFERENCE = "conference"
    MIDPOINT_CHECK = "midpoint_check"
    BREACH = "breach"


class PlanChanged(StrEnum):
    """Whether it changed the child's plan: the measure of an outcome."""

    YES = "yes"
    NO = "no"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """The words and codes of whoever raises it. `needed_on` is a London date; `arises_from_id` the record's id."""

    theme: str
    concern: str
    raised_as: RaisedAs
    team: str | None = None
    severity: Severity | None = None
    asked_for: str | None = None
    needed_on: date | None = None
    arises_from: Source | None = None
    arises_from_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Breached:
    """A breach that an escalation is suggested for; `due_on` is London's date, `reason` holds no free text. `team` is
    the child's."""

    child_id: UUID
    deadline_id: UUID
    deadline_version: int
    timescale: str
    due_on: date
    reason: str
    kind: Kind = Kind.INFORMAL_RESOLUTION
    team: str | None = None
