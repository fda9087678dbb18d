"""What Duecare says of what happens between reviews: checks planned, meetings, visits, milestones."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from shared.events.language import RecordEvent, example
from shared.events.words import Code

VisitorRole = Annotated[
    str, Code("Their part in the child's care.", ("iro", "social_worker", "cp_chair", "personal_adviser"))
]
WHY_NOT = ("missed", "officer_absent", "review_brought_forward", "no_longer_needed")
MILESTONES = (
    "health_assessment",
    "education_plan",
    "care_plan",
    "care_plan_update",
    "pathway_needs_assessment",
    "pathway_plan",
    "pathway_plan_review",
)


@example(completed_on=date(2026, 11, 20), finding="on_track")
@dataclass(frozen=True, slots=True)
class MidpointCheckCompleted(RecordEvent):
    """An officer checked, between reviews, that the plan is carried out."""

    type: ClassVar[str] = "midpoint_check.completed"
    noun: ClassVar[str] = "midpoint_check"
    completed_on: date
    finding: Annotated[str, Code("Whether the plan is carried out.", ("on_track", "drift"))]


@example(planned_on=date(2026, 12, 11))
@dataclass(frozen=True, slots=True)
class MidpointCheckPlanned(RecordEvent):
    """A check between two reviews or conferences was given a date, or another date."""

    type: ClassVar[str] = "midpoint_check.planned"
    noun: ClassVar[str] = "midpoint_check"
    planned_on: date


@example(because="officer_absent")
@dataclass(frozen=True, slots=True)
class MidpointCheckCancelled(RecordEvent):
    """A planned check did not take place or will not."""

    type: ClassVar[str] = "midpoint_check.cancelled"
    noun: ClassVar[str] = "midpoint_check"
    because: Annotated[str, Code("Why.", WHY_NOT)]


@example(held_on=date(2026, 11, 20), decisions_recorded=True, minutes_on_record=False)
@dataclass(frozen=True, slots=True)
class CarePlanningMeetingHeld(RecordEvent):
    """Those who plan a child's care met, or the record of that was corrected."""

    type: ClassVar[str] = "care_planning_meeting.held"
    noun: ClassVar[str] = "care_planning_meeting"
    held_on: date
    decisions_recorded: bool
    minutes_on_record: bool


@example(role="social_worker", visited_on=date(2026, 11, 20), seen=True)
@dataclass(frozen=True, slots=True)
class ChildVisited(RecordEvent):
    """Somebody with a part in the child's care visited; `seen` says whether they saw the child."""

    type: ClassVar[str] = "visit.made"
    noun: ClassVar[str] = "visit"
    role: VisitorRole
    visited_on: date
    seen: bool


@example(visited_on=date(2026, 11, 20), seen=True)
@dataclass(frozen=True, slots=True)
class IroVisited(RecordEvent):
    """The reviewing officer visited the child, which no other worker's visit stands for."""

    type: ClassVar[str] = "iro_visit.made"
    noun: ClassVar[str] = "visit"
    visited_on: date
    seen: bool


@example(role="social_worker", kind="telephone", visited_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ChildContacted(RecordEvent):
    """A worker was in touch with the child otherwise than by a visit."""

    type: ClassVar[str] = "contact.made"
    noun: ClassVar[str] = "visit"
    role: VisitorRole
    kind: Annotated[str, Code("How.", ("telephone", "other_contact"))]
    visited_on: date


@example(kind="health_assessment", completed_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class MilestoneCompleted(RecordEvent):
    """A health assessment, an education plan or the like was completed, or its date corrected."""

    type: ClassVar[str] = "milestone.completed"
    noun: ClassVar[str] = "milestone"
    kind: Annotated[str, Code("Which of them.", MILESTONES)]
    completed_on: date
