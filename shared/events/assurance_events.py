"""What Duecare says of assurance: samples drawn, audits completed, checklists answered. Codes, ids and dates."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from shared.events.language import RecordEvent, example
from shared.events.words import Code, Said

CHECKLIST = UUID("0199a1c0-5d22-7a64-b3f9-6c0e8d1472aa")


@example(child_id=None, question="care_planning_meeting_recorded", drawn_on=date(2026, 10, 31), sampled=20)
@dataclass(frozen=True, slots=True)
class DipSampleDrawn(RecordEvent):
    """Children were drawn for a dip sample, or drawn anew."""

    type: ClassVar[str] = "dip_sample.drawn"
    noun: ClassVar[str] = "dip_sample"
    question: Annotated[str, Code("The question, by a code of the council's own.")]
    drawn_on: Annotated[date, Said("The day whose children were drawn from.")]
    sampled: Annotated[int, Said("How many children were drawn.")]


@example(done_on=date(2026, 11, 20), scope="after_protection", grade="requires_improvement")
@dataclass(frozen=True, slots=True)
class AuditCompleted(RecordEvent):
    """A child's case was audited on a London date, or that date was corrected."""

    type: ClassVar[str] = "audit.completed"
    noun: ClassVar[str] = "audit"
    done_on: date
    scope: Annotated[str, Code("What was looked at, by a code of the council's own.")]
    grade: Annotated[str, Code("The grade.", listed="audit_grade")]


@example(checklist_id=CHECKLIST, checklist_version=2, answered_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ChecklistAnswered(RecordEvent):
    """A council's checklist was answered for a child, or the answers were corrected."""

    type: ClassVar[str] = "checklist.answered"
    noun: ClassVar[str] = "checklist_answer"
    checklist_id: UUID
    checklist_version: Annotated[int, Said("The version of its questions that was answered.")]
    answered_on: date
