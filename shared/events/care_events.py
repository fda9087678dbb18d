"""What Duecare says of a child's care: placements, legal statuses, and records that were merged or split."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.language import RecordEvent


@dataclass(frozen=True, slots=True)
class PlacementStarted(RecordEvent):
    """A child moved into a placement on a date, or that date was corrected."""

    type: ClassVar[str] = "placement.started"
    noun: ClassVar[str] = "placement"
    started_on: date
    placement_type: str


@dataclass(frozen=True, slots=True)
class PlacementEnded(RecordEvent):
    """A child moved out of a placement on a date, or that date was corrected."""

    type: ClassVar[str] = "placement.ended"
    noun: ClassVar[str] = "placement"
    ended_on: date


@dataclass(frozen=True, slots=True)
class LegalStatusChanged(RecordEvent):
    """A child is looked after on another legal ground from a date on, or that was corrected."""

    type: ClassVar[str] = "legal_status.changed"
    noun: ClassVar[str] = "legal_status"
    status: str
    from_on: date


@dataclass(frozen=True, slots=True)
class ChildMerged(RecordEvent):
    """Two records were one child's: all that was recorded under `merged_child_id` is the child's now."""

    type: ClassVar[str] = "child.merged"
    noun: ClassVar[str] = "child_merge"
    merged_child_id: UUID


@dataclass(frozen=True, slots=True)
class ChildSplit(RecordEvent):
    """One record was of two children: some of what was recorded under it is another child's, `to_child_id`."""

    type: ClassVar[str] = "child.split"
    noun: ClassVar[str] = "child_merge"
    to_child_id: UUID
