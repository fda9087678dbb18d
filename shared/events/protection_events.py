"""What Duecare says of child protection: ids, codes and dates. A conference is one event, whoever it was about."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from shared.events.language import CHILD, OTHER_CHILD, RecordEvent, example
from shared.events.words import Code, Id, Said
from shared.timescales.codes import CODES

# Of examples: a conference about two children.
INITIAL: dict[str, Any] = {
    "conference_type": "initial",
    "child_ids": [str(CHILD), str(OTHER_CHILD)],
}


@example(held_on=date(2026, 11, 20), section47="initiated")
@dataclass(frozen=True, slots=True)
class StrategyDiscussionHeld(RecordEvent):
    """A strategy discussion was held, or the day or what it decided of section 47 enquiries was corrected."""

    type: ClassVar[str] = "strategy_discussion.held"
    noun: ClassVar[str] = "strategy_discussion"
    held_on: date
    section47: Annotated[str, Code("What it decided of section 47 enquiries.", CODES["section47"])]


@dataclass(frozen=True, slots=True)
class ConferenceEvent(RecordEvent):
    """An event about one meeting."""

    noun: ClassVar[str] = "conference"

    conference_type: Annotated[str, Code("Which kind of conference.", CODES["conference_type"])]
    child_ids: Annotated[
        list[Annotated[str, Id("A child.")]], Said("The children whom it was about, in order.")
    ]


@example(**INITIAL, scheduled_on=date(2026, 12, 4))
@dataclass(frozen=True, slots=True)
class ConferenceScheduled(ConferenceEvent):
    """A conference was given a date, or another date."""

    type: ClassVar[str] = "conference.scheduled"
    scheduled_on: date


@example(**INITIAL, scheduled_on=date(2026, 12, 9), postponed_from=date(2026, 12, 4))
@dataclass(frozen=True, slots=True)
class ConferencePostponed(ConferenceEvent):
    """A planned conference was put off to a later date, as somebody approved."""

    type: ClassVar[str] = "conference.postponed"
    scheduled_on: date
    postponed_from: Annotated[date, Said("The date that was planned before.")]


@example(**INITIAL, held_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ConferenceHeld(ConferenceEvent):
    """A conference took place, or the date on which it took place was corrected."""

    type: ClassVar[str] = "conference.held"
    held_on: date


@example(**INITIAL)
@dataclass(frozen=True, slots=True)
class ConferenceCancelled(ConferenceEvent):
    """A conference will not take place."""

    type: ClassVar[str] = "conference.cancelled"


@example(started_on=date(2026, 11, 20), category="NEG")
@dataclass(frozen=True, slots=True)
class PlanStarted(RecordEvent):
    """A child protection plan started, or the day on which it did was corrected."""

    type: ClassVar[str] = "plan.started"
    noun: ClassVar[str] = "protection_plan"
    started_on: date
    category: Annotated[str, Code("The category of abuse.", listed="abuse_category")]


@example(ended_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class PlanEnded(RecordEvent):
    """A child protection plan ended, or the day on which it did was corrected."""

    type: ClassVar[str] = "plan.ended"
    noun: ClassVar[str] = "protection_plan"
    ended_on: date


@example(held_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class CoreGroupHeld(RecordEvent):
    """A core group met, or the day on which it did was corrected."""

    type: ClassVar[str] = "core_group.held"
    noun: ClassVar[str] = "core_group"
    held_on: date


@example(started_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class PreProceedingsStarted(RecordEvent):
    """The letter before proceedings was decided on."""

    type: ClassVar[str] = "pre_proceedings.started"
    noun: ClassVar[str] = "pre_proceedings"
    started_on: date


@example(ended_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class PreProceedingsEnded(RecordEvent):
    """Pre-proceedings ended."""

    type: ClassVar[str] = "pre_proceedings.ended"
    noun: ClassVar[str] = "pre_proceedings"
    ended_on: date


@example(issued_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class CareProceedingsIssued(RecordEvent):
    """The application for a care or supervision order was issued."""

    type: ClassVar[str] = "care_proceedings.issued"
    noun: ClassVar[str] = "pre_proceedings"
    issued_on: date


@example(concluded_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class CareProceedingsConcluded(RecordEvent):
    """The proceedings concluded."""

    type: ClassVar[str] = "care_proceedings.concluded"
    noun: ClassVar[str] = "pre_proceedings"
    concluded_on: date
