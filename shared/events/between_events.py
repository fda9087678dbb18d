"""What Duecare says of what happens between reviews: checks planned, meetings, visits, milestones."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from shared.events.language import RecordEvent


@dataclass(frozen=True, slots=True)
class MidpointCheckPlanned(RecordEvent):
    """A check between two reviews or conferences was given a date, or another date."""

    type: ClassVar[str] = "midpoint_check.planned"
    noun: ClassVar[str] = "midpoint_check"
    planned_on: date


@dataclass(frozen=True, slots=True)
class MidpointCheckCancelled(RecordEvent):
    """A planned check did not take place or will not; `because` is a code."""

    type: ClassVar[str] = "midpoint_check.cancelled"
    noun: ClassVar[str] = "midpoint_check"
    because: str


@dataclass(frozen=True, slots=True)
class CarePlanningMeetingHeld(RecordEvent):
    """Those who plan a child's care met, or the record of that was corrected."""

    type: ClassVar[str] = "care_planning_meeting.held"
    noun: ClassVar[str] = "care_planning_meeting"
    held_on: date
    decisions_recorded: bool
    minutes_on_record: bool


@dataclass(frozen=True, slots=True)
class ChildVisited(RecordEvent):
    """Somebody with a part in the child's care visited; `role` says which part, `seen` whether they saw the child."""

    type: ClassVar[str] = "visit.made"
    noun: ClassVar[str] = "visit"
    role: str
    visited_on: date
    seen: bool


@dataclass(frozen=True, slots=True)
class IroVisited(RecordEvent):
    """The reviewing officer visited the child, which no other worker's visit stands for."""

    type: ClassVar[str] = "iro_visit.made"
    noun: ClassVar[str] = "visit"
    visited_on: date
    seen: bool


@dataclass(frozen=True, slots=True)
class ChildContacted(RecordEvent):
    """A worker was in touch with the child otherwise than by a visit; `kind` says how."""

    type: ClassVar[str] = "contact.made"
    noun: ClassVar[str] = "visit"
    role: str
    kind: str
    visited_on: date


@dataclass(frozen=True, slots=True)
class MilestoneCompleted(RecordEvent):
    """A health assessment, an education plan or the like was completed, or its date corrected; `kind` says which."""

    type: ClassVar[str] = "milestone.completed"
    noun: ClassVar[str] = "milestone"
    kind: str
    completed_on: date
