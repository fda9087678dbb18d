"""What Duecare says of child protection: ids, codes and dates. A conference is one event, whoever it was about."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from shared.events.language import RecordEvent


@dataclass(frozen=True, slots=True)
class StrategyDiscussionHeld(RecordEvent):
    """A strategy discussion was held, or the day or what it decided of section 47 enquiries was corrected."""

    type: ClassVar[str] = "strategy_discussion.held"
    noun: ClassVar[str] = "strategy_discussion"
    held_on: date
    section47: str


@dataclass(frozen=True, slots=True)
class ConferenceEvent(RecordEvent):
    """An event about one meeting. `child_ids` are the children whom it was about, in order."""

    noun: ClassVar[str] = "conference"

    conference_type: str
    child_ids: list[str]


@dataclass(frozen=True, slots=True)
class ConferenceScheduled(ConferenceEvent):
    """A conference was given a date, or another date."""

    type: ClassVar[str] = "conference.scheduled"
    scheduled_on: date


@dataclass(frozen=True, slots=True)
class ConferencePostponed(ConferenceEvent):
    """A planned conference was put off to a later date, as somebody approved."""

    type: ClassVar[str] = "conference.postponed"
    scheduled_on: date
    postponed_from: date


@dataclass(frozen=True, slots=True)
class ConferenceHeld(ConferenceEvent):
    """A conference took place, or the date on which it took place was corrected."""

    type: ClassVar[str] = "conference.held"
    held_on: date


@dataclass(frozen=True, slots=True)
class ConferenceCancelled(ConferenceEvent):
    """A conference will not take place."""

    type: ClassVar[str] = "conference.cancelled"


@dataclass(frozen=True, slots=True)
class PlanStarted(RecordEvent):
    """A child protection plan started, or the day on which it did was corrected."""

    type: ClassVar[str] = "plan.started"
    noun: ClassVar[str] = "protection_plan"
    started_on: date
    category: str


@dataclass(frozen=True, slots=True)
class PlanEnded(RecordEvent):
    """A child protection plan ended, or the day on which it did was corrected."""

    type: ClassVar[str] = "plan.ended"
    noun: ClassVar[str] = "protection_plan"
    ended_on: date


@dataclass(frozen=True, slots=True)
class CoreGroupHeld(RecordEvent):
    """A core group met, or the day on which it did was corrected."""

    type: ClassVar[str] = "core_group.held"
    noun: ClassVar[str] = "core_group"
    held_on: date


@dataclass(frozen=True, slots=True)
class PreProceedingsStarted(RecordEvent):
    """The letter before proceedings was decided on."""

    type: ClassVar[str] = "pre_proceedings.started"
    noun: ClassVar[str] = "pre_proceedings"
    started_on: date


@dataclass(frozen=True, slots=True)
class PreProceedingsEnded(RecordEvent):
    """Pre-proceedings ended."""

    type: ClassVar[str] = "pre_proceedings.ended"
    noun: ClassVar[str] = "pre_proceedings"
    ended_on: date


@dataclass(frozen=True, slots=True)
class CareProceedingsIssued(RecordEvent):
    """The application for a care or supervision order was issued."""

    type: ClassVar[str] = "care_proceedings.issued"
    noun: ClassVar[str] = "pre_proceedings"
    issued_on: date


@dataclass(frozen=True, slots=True)
class CareProceedingsConcluded(RecordEvent):
    """The proceedings concluded."""

    type: ClassVar[str] = "care_proceedings.concluded"
    noun: ClassVar[str] = "pre_proceedings"
    concluded_on: date
