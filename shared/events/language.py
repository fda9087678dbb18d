"""What Duecare says to the outside: one class per event, each in the past tense, each with an example.

An event is thin: ids, codes, dates and a link. No name, no date of birth, no free text ever enters one.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar
from uuid import UUID

from shared.events.words import RECORDS, Code, Officer, Said, Timescale


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `subject_id` is the record it happened to, `child_id` the child it concerns."""

    type: ClassVar[str]
    noun: ClassVar[str]
    example: ClassVar["Event"]

    subject_id: UUID
    child_id: UUID | None

    def about(self) -> str:
        """What makes this event this one: the same words always give the same event id."""
        raise NotImplementedError

    def data(self) -> dict[str, Any]:
        """The body that subscribers read: the subject under its own noun, then the event's fields."""
        plain = {name: _plain(getattr(self, name)) for name in data_fields(type(self))}  # type: ignore[arg-type]
        child = (
            {"child_id": str(self.child_id), "link": f"/v1/children/{self.child_id}"} if self.child_id else {}
        )
        return {f"{self.noun}_id": str(self.subject_id)} | child | plain


_NOT_DATA = {"subject_id", "child_id", "occasion"}


@cache
def data_fields(kind: type[Event]) -> tuple[str, ...]:
    """The names of the fields of an event's data, besides its subject and child."""
    return tuple(field.name for field in fields(kind) if field.name not in _NOT_DATA)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


@dataclass(frozen=True, slots=True)
class RecordEvent(Event):
    """An event about a record; `occasion` is the id of this writing, so that a correction is a new event."""

    occasion: UUID

    def about(self) -> str:
        return str(self.occasion)


# Of examples: a child, a record of theirs, and a deadline.
CHILD, RECORD = UUID("0199d3a2-61f4-7c1e-8b0a-4f6de2c7a915"), UUID("0199d3b7-0c58-7e42-9d13-a85b1f60c24e")
DEADLINE = UUID("0f6f8f0e-4c61-5e0a-8a0e-0d1b6a1d7c55")
OCCASION = UUID("0199d3b7-0c59-7b06-a1f8-27c3e9d04b6f")

E = TypeVar("E", bound=Event)


def example(**told: Any) -> Callable[[type[E]], type[E]]:
    """Gives a class its example, with these fields; it is of a record of a child unless they say otherwise."""

    def shown(kind: type[E]) -> type[E]:
        occasion = {"occasion": OCCASION} if issubclass(kind, RecordEvent) else {}
        kind.example = kind(**{"subject_id": RECORD, "child_id": CHILD} | occasion | told)
        return kind

    return shown


@example(subject_id=CHILD)
@dataclass(frozen=True, slots=True)
class ChildUpserted(RecordEvent):
    """A child's record was created or replaced."""

    type: ClassVar[str] = "child.upserted"
    noun: ClassVar[str] = "child"


@example(kind="review")
@dataclass(frozen=True, slots=True)
class RecordWithdrawn(RecordEvent):
    """A record turned out to be a mistake."""

    type: ClassVar[str] = "record.withdrawn"
    noun: ClassVar[str] = "record"
    kind: Annotated[str, Code("What the record was of.", RECORDS)]


FactKind = Annotated[str, Code("The kind of fact, one of those that `PUT /v1/facts/{reference}` takes.")]


@example(kind="short_break.began", happened_on=date(2026, 11, 19))
@dataclass(frozen=True, slots=True)
class FactReported(RecordEvent):
    """A dated fact was reported that has no record of its own here, or one was corrected."""

    type: ClassVar[str] = "fact.reported"
    noun: ClassVar[str] = "fact"
    kind: FactKind
    happened_on: date


@example(kind="short_break.began")
@dataclass(frozen=True, slots=True)
class FactWithdrawn(RecordEvent):
    """A fact that was reported turned out not to be so."""

    type: ClassVar[str] = "fact.withdrawn"
    noun: ClassVar[str] = "fact"
    kind: FactKind


@example(kind="extension", deadline_id=DEADLINE, timescale="temp-carer-approval")
@dataclass(frozen=True, slots=True)
class ExemptionGranted(RecordEvent):
    """A pause, a later date or a waiver was granted for a deadline."""

    type: ClassVar[str] = "exemption.granted"
    noun: ClassVar[str] = "exemption"
    kind: Annotated[str, Code("What was granted.", ("pause", "extension", "waiver"))]
    deadline_id: UUID
    timescale: Timescale


@example(deadline_id=DEADLINE, timescale="temp-carer-approval")
@dataclass(frozen=True, slots=True)
class ExemptionWithdrawn(RecordEvent):
    """What was granted for a deadline was taken back."""

    type: ClassVar[str] = "exemption.withdrawn"
    noun: ClassVar[str] = "exemption"
    deadline_id: UUID
    timescale: Timescale


@example(child_id=None, on=date(2027, 6, 4), change="added")
@dataclass(frozen=True, slots=True)
class CalendarChanged(RecordEvent):
    """A bank holiday was added to the calendar, or taken back; the running deadlines follow."""

    type: ClassVar[str] = "calendar.changed"
    noun: ClassVar[str] = "calendar_day"
    on: Annotated[date, Said("The bank holiday.")]
    change: Annotated[str, Code("What became of it.", ("added", "withdrawn"))]


@example(started_on=date(2026, 11, 2))
@dataclass(frozen=True, slots=True)
class CarePeriodStarted(RecordEvent):
    """A child became looked after on a date, or that date was corrected."""

    type: ClassVar[str] = "care_period.started"
    noun: ClassVar[str] = "care_period"
    started_on: date


@example(ended_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class CarePeriodEnded(RecordEvent):
    """A child ceased to be looked after on a date, or that date was corrected."""

    type: ClassVar[str] = "care_period.ended"
    noun: ClassVar[str] = "care_period"
    ended_on: date


@example(officer="iro-3", allocated_at=datetime(2026, 11, 4, 9, 30, tzinfo=UTC))
@dataclass(frozen=True, slots=True)
class IroAllocated(RecordEvent):
    """An Independent Reviewing Officer became responsible for a child at an instant."""

    type: ClassVar[str] = "iro.allocated"
    noun: ClassVar[str] = "allocation"
    officer: Officer
    allocated_at: datetime


@example(scheduled_on=date(2026, 11, 27))
@dataclass(frozen=True, slots=True)
class ReviewScheduled(RecordEvent):
    """A review was given a date, or another date."""

    type: ClassVar[str] = "review.scheduled"
    noun: ClassVar[str] = "review"
    scheduled_on: date


@example(held_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ReviewHeld(RecordEvent):
    """A review took place, or the date on which it took place was corrected."""

    type: ClassVar[str] = "review.held"
    noun: ClassVar[str] = "review"
    held_on: date


@example()
@dataclass(frozen=True, slots=True)
class ReviewCancelled(RecordEvent):
    """A review will not take place, or never did."""

    type: ClassVar[str] = "review.cancelled"
    noun: ClassVar[str] = "review"


@example(completed_on=date(2026, 11, 20), finding="on_track")
@dataclass(frozen=True, slots=True)
class MidpointCheckCompleted(RecordEvent):
    """An officer checked, between reviews, that the plan is carried out."""

    type: ClassVar[str] = "midpoint_check.completed"
    noun: ClassVar[str] = "midpoint_check"
    completed_on: date
    finding: Annotated[str, Code("Whether the plan is carried out.", ("on_track", "drift"))]
