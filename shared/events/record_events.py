"""What happens to records of every kind: withdrawn; facts without a record of their own, exemptions, the calendar."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from shared.events.language import DEADLINE, RecordEvent, example
from shared.events.words import RECORDS, Code, Said, Timescale


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
