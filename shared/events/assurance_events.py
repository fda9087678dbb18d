"""What Duecare says of assurance: samples drawn, audits completed, checklists answered. Codes, ids and dates."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.language import RecordEvent


@dataclass(frozen=True, slots=True)
class DipSampleDrawn(RecordEvent):
    """Children were drawn for a dip sample, or drawn anew; `drawn_on` is the London date of the population."""

    type: ClassVar[str] = "dip_sample.drawn"
    noun: ClassVar[str] = "dip_sample"
    question: str
    drawn_on: date
    sampled: int


@dataclass(frozen=True, slots=True)
class AuditCompleted(RecordEvent):
    """A child's case was audited on a London date, or that date was corrected."""

    type: ClassVar[str] = "audit.completed"
    noun: ClassVar[str] = "audit"
    done_on: date
    scope: str
    grade: str


@dataclass(frozen=True, slots=True)
class ChecklistAnswered(RecordEvent):
    """A council's checklist was answered for a child, or the answers were corrected."""

    type: ClassVar[str] = "checklist.answered"
    noun: ClassVar[str] = "checklist_answer"
    checklist_id: UUID
    checklist_version: int
    answered_on: date
