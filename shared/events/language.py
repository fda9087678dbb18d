"""What Duecare says to the outside: one class per event, each in the past tense.

An event is thin: ids, codes, dates and a link. No name, no date of birth, no free text ever enters one.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `subject_id` is the record it happened to, `child_id` the child it concerns."""

    type: ClassVar[str]
    noun: ClassVar[str]

    subject_id: UUID
    child_id: UUID | None

    def about(self) -> str:
        """What makes this event this one: the same words always give the same event id."""
        raise NotImplementedError

    def data(self) -> dict[str, Any]:
        """The body that subscribers read: the subject under its own noun, then the event's fields."""
        plain = {name: _plain(getattr(self, name)) for name in _data_fields(type(self))}  # type: ignore[arg-type]
        child = (
            {"child_id": str(self.child_id), "link": f"/v1/children/{self.child_id}"} if self.child_id else {}
        )
        return {f"{self.noun}_id": str(self.subject_id)} | child | plain


_NOT_DATA = {"subject_id", "child_id", "occasion"}


@cache
def _data_fields(kind: type[Event]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in _NOT_DATA)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


@dataclass(frozen=True, slots=True)
class RecordEvent(Event):
    """An event about a record; `occasion` is the id of this writing, so that a correction is a new event."""

    occasion: UUID

    def about(self) -> str:
        return str(self.occasion)


@dataclass(frozen=True, slots=True)
class ChildUpserted(RecordEvent):
    """A child's record was created or replaced."""

    type: ClassVar[str] = "child.upserted"
    noun: ClassVar[str] = "child"


@dataclass(frozen=True, slots=True)
class RecordWithdrawn(RecordEvent):
    """A record turned out to be a mistake; `kind` says what it was of, such as a review."""

    type: ClassVar[str] = "record.withdrawn"
    noun: ClassVar[str] = "record"
    kind: str


@dataclass(frozen=True, slots=True)
class FactReported(RecordEvent):
    """A dated fact was reported that has no record of its own here, or one was corrected."""

    type: ClassVar[str] = "fact.reported"
    noun: ClassVar[str] = "fact"
    kind: str
    happened_on: date


@dataclass(frozen=True, slots=True)
class FactWithdrawn(RecordEvent):
    """A fact that was reported turned out not to be so."""

    type: ClassVar[str] = "fact.withdrawn"
    noun: ClassVar[str] = "fact"
    kind: str


@dataclass(frozen=True, slots=True)
class ExemptionGranted(RecordEvent):
    """A pause, a later date or a waiver was granted for a deadline; `kind` says which."""

    type: ClassVar[str] = "exemption.granted"
    noun: ClassVar[str] = "exemption"
    kind: str
    deadline_id: UUID
    timescale: str


@dataclass(frozen=True, slots=True)
class ExemptionWithdrawn(RecordEvent):
    """What was granted for a deadline was taken back."""

    type: ClassVar[str] = "exemption.withdrawn"
    noun: ClassVar[str] = "exemption"
    deadline_id: UUID
    timescale: str


@dataclass(frozen=True, slots=True)
class CalendarChanged(RecordEvent):
    """A bank holiday was added to the calendar, or taken back; the running deadlines follow."""

    type: ClassVar[str] = "calendar.changed"
    noun: ClassVar[str] = "calendar_day"
    on: date
    change: str


@dataclass(frozen=True, slots=True)
class CarePeriodStarted(RecordEvent):
    """A child became looked after on a date, or that date was corrected."""

    type: ClassVar[str] = "care_period.started"
    noun: ClassVar[str] = "care_period"
    started_on: date


@dataclass(frozen=True, slots=True)
class CarePeriodEnded(RecordEvent):
    """A child ceased to be looked after on a date, or that date was corrected."""

    type: ClassVar[str] = "care_period.ended"
    noun: ClassVar[str] = "care_period"
    ended_on: date


@dataclass(frozen=True, slots=True)
class IroAllocated(RecordEvent):
    """An Independent Reviewing Officer became responsible for a child at an instant."""

    type: ClassVar[str] = "iro.allocated"
    noun: ClassVar[str] = "allocation"
    officer: str
    allocated_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewScheduled(RecordEvent):
    """A review was given a date, or another date."""

    type: ClassVar[str] = "review.scheduled"
    noun: ClassVar[str] = "review"
    scheduled_on: date


@dataclass(frozen=True, slots=True)
class ReviewHeld(RecordEvent):
    """A review took place, or the date on which it took place was corrected."""

    type: ClassVar[str] = "review.held"
    noun: ClassVar[str] = "review"
    held_on: date


@dataclass(frozen=True, slots=True)
class ReviewCancelled(RecordEvent):
    """A review will not take place, or never did."""

    type: ClassVar[str] = "review.cancelled"
    noun: ClassVar[str] = "review"


@dataclass(frozen=True, slots=True)
class MidpointCheckCompleted(RecordEvent):
    """An officer checked, between reviews, that the plan is carried out."""

    type: ClassVar[str] = "midpoint_check.completed"
    noun: ClassVar[str] = "midpoint_check"
    completed_on: date
    finding: str
