"""What Duecare says of children and their care: periods, placements, legal statuses, records merged or split."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from shared.events.language import CHILD, OTHER_CHILD, RecordEvent, example
from shared.events.words import Code, Said
from shared.timescales.codes import CODES


@example(subject_id=CHILD)
@dataclass(frozen=True, slots=True)
class ChildUpserted(RecordEvent):
    """A child's record was created or replaced."""

    type: ClassVar[str] = "child.upserted"
    noun: ClassVar[str] = "child"


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


@example(started_on=date(2026, 11, 20), placement_type="foster")
@dataclass(frozen=True, slots=True)
class PlacementStarted(RecordEvent):
    """A child moved into a placement on a date, or that date was corrected."""

    type: ClassVar[str] = "placement.started"
    noun: ClassVar[str] = "placement"
    started_on: date
    placement_type: Annotated[str, Code("What the regulations tell apart.", CODES["placement_type"])]


@example(ended_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class PlacementEnded(RecordEvent):
    """A child moved out of a placement on a date, or that date was corrected."""

    type: ClassVar[str] = "placement.ended"
    noun: ClassVar[str] = "placement"
    ended_on: date


@example(status="C2", from_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class LegalStatusChanged(RecordEvent):
    """A child is looked after on another legal ground from a date on, or that was corrected."""

    type: ClassVar[str] = "legal_status.changed"
    noun: ClassVar[str] = "legal_status"
    status: Annotated[str, Code("The legal ground, by the SSDA903's code.", listed="legal_status")]
    from_on: Annotated[date, Said("The first day on which it held.")]


@example(merged_child_id=OTHER_CHILD)
@dataclass(frozen=True, slots=True)
class ChildMerged(RecordEvent):
    """Two records were one child's: all that was recorded under `merged_child_id` is the child's now."""

    type: ClassVar[str] = "child.merged"
    noun: ClassVar[str] = "child_merge"
    merged_child_id: Annotated[UUID, Said("The child whose record was merged into this one.")]


@example(to_child_id=OTHER_CHILD)
@dataclass(frozen=True, slots=True)
class ChildSplit(RecordEvent):
    """One record was of two children: some of what was recorded under it is another child's, `to_child_id`."""

    type: ClassVar[str] = "child.split"
    noun: ClassVar[str] = "child_merge"
    to_child_id: Annotated[UUID, Said("The child whom the rest of the record is of.")]
