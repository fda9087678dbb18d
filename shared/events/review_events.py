"""What Duecare says of reviews beyond planned, held and cancelled, and of the decisions that they make."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.language import RecordEvent


@dataclass(frozen=True, slots=True)
class ReviewPostponed(RecordEvent):
    """A planned review was put off to a later day, for a reason in a code."""

    type: ClassVar[str] = "review.postponed"
    noun: ClassVar[str] = "review"
    postponed_from: date
    scheduled_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewBroughtForward(RecordEvent):
    """A planned review is to be held sooner, for a reason in a code."""

    type: ClassVar[str] = "review.brought_forward"
    noun: ClassVar[str] = "review"
    brought_forward_from: date
    scheduled_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewInvitationsSent(RecordEvent):
    """The invitations to a review were sent, or the day of that was corrected."""

    type: ClassVar[str] = "review.invitations_sent"
    noun: ClassVar[str] = "review"
    invitations_sent_on: date


@dataclass(frozen=True, slots=True)
class ReviewReportReceived(RecordEvent):
    """The social worker's report for a review was there, or the day of that was corrected."""

    type: ClassVar[str] = "review.report_received"
    noun: ClassVar[str] = "review"
    report_received_on: date


@dataclass(frozen=True, slots=True)
class ReviewBegan(RecordEvent):
    """The first meeting of a review took place that is held as a series, or its day was corrected."""

    type: ClassVar[str] = "review.began"
    noun: ClassVar[str] = "review"
    began_on: date


@dataclass(frozen=True, slots=True)
class ReviewAdjourned(RecordEvent):
    """A review broke off, to be gone on with, or the day of that was corrected."""

    type: ClassVar[str] = "review.adjourned"
    noun: ClassVar[str] = "review"
    adjourned_on: date


@dataclass(frozen=True, slots=True)
class ReviewDecisionsIssued(RecordEvent):
    """The decisions of a review went to the manager, or the day of that was corrected."""

    type: ClassVar[str] = "review.decisions_issued"
    noun: ClassVar[str] = "review"
    decisions_issued_on: date


@dataclass(frozen=True, slots=True)
class ReviewDecisionsAnswered(RecordEvent):
    """The manager agreed with the decisions of a review or disagreed, or what was held of that was corrected."""

    type: ClassVar[str] = "review.decisions_answered"
    noun: ClassVar[str] = "review"
    decisions_answered_on: date
    decisions_answer: str | None


@dataclass(frozen=True, slots=True)
class ReviewRecordCompleted(RecordEvent):
    """The full record of a review was written, or the day of that was corrected."""

    type: ClassVar[str] = "review.record_completed"
    noun: ClassVar[str] = "review"
    record_completed_on: date


@dataclass(frozen=True, slots=True)
class ReviewRecordDistributed(RecordEvent):
    """The record of a review was sent to all, or the day of that was corrected."""

    type: ClassVar[str] = "review.record_distributed"
    noun: ClassVar[str] = "review"
    record_distributed_on: date


@dataclass(frozen=True, slots=True)
class DecisionMade(RecordEvent):
    """A review made a decision, or what is held of one was corrected."""

    type: ClassVar[str] = "decision.made"
    noun: ClassVar[str] = "decision"
    review_id: UUID
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class DecisionStarted(RecordEvent):
    """Somebody began to carry out a decision."""

    type: ClassVar[str] = "decision.started"
    noun: ClassVar[str] = "decision"
    review_id: UUID
    started_on: date | None


@dataclass(frozen=True, slots=True)
class DecisionCarriedOut(RecordEvent):
    """A decision was carried out."""

    type: ClassVar[str] = "decision.carried_out"
    noun: ClassVar[str] = "decision"
    review_id: UUID
    done_on: date | None


@dataclass(frozen=True, slots=True)
class DecisionDropped(RecordEvent):
    """A decision will not be carried out."""

    type: ClassVar[str] = "decision.dropped"
    noun: ClassVar[str] = "decision"
    review_id: UUID
