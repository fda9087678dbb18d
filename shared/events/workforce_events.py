"""What Duecare says of officers and of who is responsible for which child."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from shared.events.language import RecordEvent, example
from shared.events.words import Code, Officer, OfficerRole, Reference, Said

WORKER = UUID("0199c0f4-18d3-7b5a-8f26-4d9ae3107c65")  # of examples


@example(officer="iro-3", allocated_at=datetime(2026, 11, 4, 9, 30, tzinfo=UTC))
@dataclass(frozen=True, slots=True)
class IroAllocated(RecordEvent):
    """An Independent Reviewing Officer became responsible for a child at an instant."""

    type: ClassVar[str] = "iro.allocated"
    noun: ClassVar[str] = "allocation"
    officer: Officer
    allocated_at: datetime


@example(child_id=None, role="social_worker")
@dataclass(frozen=True, slots=True)
class WorkerUpserted(RecordEvent):
    """A worker's record was created or replaced."""

    type: ClassVar[str] = "worker.upserted"
    noun: ClassVar[str] = "worker"
    role: Annotated[str, Code("What they work as.", listed="worker_role")]


@example(child_id=None, worker_id=WORKER, kind="one_to_one", held_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class SupervisionHeld(RecordEvent):
    """An officer was supervised, or the record of that was corrected."""

    type: ClassVar[str] = "supervision.held"
    noun: ClassVar[str] = "supervision"
    worker_id: Annotated[UUID, Said("The officer who was supervised.")]
    kind: Annotated[str, Code("How.", listed="supervision_kind")]
    held_on: date


@example(child_id=None, worker_id=WORKER, observed="review", made_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class PracticeObserved(RecordEvent):
    """An officer's practice was observed, or the record of that was corrected."""

    type: ClassVar[str] = "practice.observed"
    noun: ClassVar[str] = "observation"
    worker_id: Annotated[UUID, Said("The officer who was observed.")]
    observed: Annotated[str, Code("What was observed.", listed="observed")]
    made_on: date


@example(officer="iro-3")
@dataclass(frozen=True, slots=True)
class ConflictDeclared(RecordEvent):
    """An officer may not be this child's, or the reason for that was corrected."""

    type: ClassVar[str] = "conflict.declared"
    noun: ClassVar[str] = "conflict"
    officer: Officer


@example(officer="chair-2", role="cp_chair", allocated_at=datetime(2026, 11, 4, 9, 30, tzinfo=UTC))
@dataclass(frozen=True, slots=True)
class OfficerAllocated(RecordEvent):
    """An officer other than a reviewing officer, such as a conference chair, became responsible for a child."""

    type: ClassVar[str] = "officer.allocated"
    noun: ClassVar[str] = "allocation"
    officer: Officer
    role: OfficerRole
    allocated_at: datetime


@example(officer="iro-3", role="iro", ended_at=datetime(2026, 11, 20, 17, 0, tzinfo=UTC), end_reason="leaver")
@dataclass(frozen=True, slots=True)
class AllocationEnded(RecordEvent):
    """An officer ceased to be responsible for a child, or the instant of that was corrected."""

    type: ClassVar[str] = "allocation.ended"
    noun: ClassVar[str] = "allocation"
    officer: Officer
    role: OfficerRole
    ended_at: datetime
    end_reason: Annotated[str | None, Code("Why.", listed="allocation_end_reason")]


@example(
    child_id=None,
    officer="iro-3",
    role="iro",
    reason="leaver",
    at=datetime(2026, 11, 20, 17, 0, tzinfo=UTC),
    moved=61,
    refused=2,
)
@dataclass(frozen=True, slots=True)
class CaseloadReallocated(RecordEvent):
    """Children of one officer were given to others at one instant."""

    type: ClassVar[str] = "caseload.reallocated"
    noun: ClassVar[str] = "reallocation"
    officer: Annotated[
        str, Reference("The officer whose children they were, by the case system's reference.")
    ]
    role: OfficerRole
    reason: Annotated[str, Code("Why.", listed="allocation_reason")]
    at: datetime
    moved: Annotated[int, Said("How many children have another officer now.")]
    refused: Annotated[int, Said("How many could not be given on.")]
