"""What Duecare says of officers and of who is responsible for which child."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared.events.language import RecordEvent


@dataclass(frozen=True, slots=True)
class WorkerUpserted(RecordEvent):
    """A worker's record was created or replaced; `role` says what they work as."""

    type: ClassVar[str] = "worker.upserted"
    noun: ClassVar[str] = "worker"
    role: str


@dataclass(frozen=True, slots=True)
class SupervisionHeld(RecordEvent):
    """An officer was supervised, or the record of that was corrected."""

    type: ClassVar[str] = "supervision.held"
    noun: ClassVar[str] = "supervision"
    worker_id: UUID
    kind: str
    held_on: date


@dataclass(frozen=True, slots=True)
class PracticeObserved(RecordEvent):
    """An officer's practice was observed, or the record of that was corrected."""

    type: ClassVar[str] = "practice.observed"
    noun: ClassVar[str] = "observation"
    worker_id: UUID
    observed: str
    made_on: date


@dataclass(frozen=True, slots=True)
class ConflictDeclared(RecordEvent):
    """An officer may not be this child's, or the reason for that was corrected."""

    type: ClassVar[str] = "conflict.declared"
    noun: ClassVar[str] = "conflict"
    officer: str


@dataclass(frozen=True, slots=True)
class OfficerAllocated(RecordEvent):
    """An officer other than a reviewing officer, such as a conference chair, became responsible for a child."""

    type: ClassVar[str] = "officer.allocated"
    noun: ClassVar[str] = "allocation"
    officer: str
    role: str
    allocated_at: datetime


@dataclass(frozen=True, slots=True)
class AllocationEnded(RecordEvent):
    """An officer ceased to be responsible for a child, or the instant of that was corrected."""

    type: ClassVar[str] = "allocation.ended"
    noun: ClassVar[str] = "allocation"
    officer: str
    role: str
    ended_at: datetime
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class CaseloadReallocated(RecordEvent):
    """Children of one officer were given to others at one instant; `moved` and `refused` count the children."""

    type: ClassVar[str] = "caseload.reallocated"
    noun: ClassVar[str] = "reallocation"
    officer: str
    role: str
    reason: str
    at: datetime
    moved: int
    refused: int
