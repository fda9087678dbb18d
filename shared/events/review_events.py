"""What Duecare says of reviews beyond planned, held and cancelled, and of the decisions that they make."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from shared.events.language import RECORD, RecordEvent, example
from shared.events.words import Code, Reference, Said

ReviewId = Annotated[UUID, Said("The review that made it.")]


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


@example(postponed_from=date(2026, 11, 27), scheduled_on=date(2026, 12, 4), reason="report_not_ready")
@dataclass(frozen=True, slots=True)
class ReviewPostponed(RecordEvent):
    """A planned review was put off to a later day."""

    type: ClassVar[str] = "review.postponed"
    noun: ClassVar[str] = "review"
    postponed_from: Annotated[date, Said("The date that was planned before.")]
    scheduled_on: date
    reason: Annotated[str, Code("Why.", listed="review_reason")]


@example(brought_forward_from=date(2026, 12, 4), scheduled_on=date(2026, 11, 27), reason="placement_change")
@dataclass(frozen=True, slots=True)
class ReviewBroughtForward(RecordEvent):
    """A planned review is to be held sooner."""

    type: ClassVar[str] = "review.brought_forward"
    noun: ClassVar[str] = "review"
    brought_forward_from: Annotated[date, Said("The date that was planned before.")]
    scheduled_on: date
    reason: Annotated[str, Code("Why.", listed="review_brought_forward")]


@example(invitations_sent_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ReviewInvitationsSent(RecordEvent):
    """The invitations to a review were sent, or the day of that was corrected."""

    type: ClassVar[str] = "review.invitations_sent"
    noun: ClassVar[str] = "review"
    invitations_sent_on: date


@example(report_received_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ReviewReportReceived(RecordEvent):
    """The social worker's report for a review was there, or the day of that was corrected."""

    type: ClassVar[str] = "review.report_received"
    noun: ClassVar[str] = "review"
    report_received_on: date


@example(began_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ReviewBegan(RecordEvent):
    """The first meeting of a review took place that is held as a series, or its day was corrected."""

    type: ClassVar[str] = "review.began"
    noun: ClassVar[str] = "review"
    began_on: date


@example(adjourned_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ReviewAdjourned(RecordEvent):
    """A review broke off, to be gone on with, or the day of that was corrected."""

    type: ClassVar[str] = "review.adjourned"
    noun: ClassVar[str] = "review"
    adjourned_on: date


@example(decisions_issued_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ReviewDecisionsIssued(RecordEvent):
    """The decisions of a review went to the manager, or the day of that was corrected."""

    type: ClassVar[str] = "review.decisions_issued"
    noun: ClassVar[str] = "review"
    decisions_issued_on: date


@example(decisions_answered_on=date(2026, 11, 20), decisions_answer="agreed")
@dataclass(frozen=True, slots=True)
class ReviewDecisionsAnswered(RecordEvent):
    """The manager agreed with the decisions of a review or disagreed, or what was held of that was corrected."""

    type: ClassVar[str] = "review.decisions_answered"
    noun: ClassVar[str] = "review"
    decisions_answered_on: date
    decisions_answer: Annotated[str | None, Code("What the manager answered.", ("agreed", "disagreed"))]


@example(record_completed_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ReviewRecordCompleted(RecordEvent):
    """The full record of a review was written, or the day of that was corrected."""

    type: ClassVar[str] = "review.record_completed"
    noun: ClassVar[str] = "review"
    record_completed_on: date


@example(record_distributed_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class ReviewRecordDistributed(RecordEvent):
    """The record of a review was sent to all, or the day of that was corrected."""

    type: ClassVar[str] = "review.record_distributed"
    noun: ClassVar[str] = "review"
    record_distributed_on: date


@example(review_id=RECORD, owner="sw-12", due_on=date(2026, 12, 18))
@dataclass(frozen=True, slots=True)
class DecisionMade(RecordEvent):
    """A review made a decision, or what is held of one was corrected."""

    type: ClassVar[str] = "decision.made"
    noun: ClassVar[str] = "decision"
    review_id: ReviewId
    owner: Annotated[str, Reference("Who is to carry it out, by the case system's reference.")]
    due_on: Annotated[date | None, Said("By when.")]


@example(review_id=RECORD, started_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class DecisionStarted(RecordEvent):
    """Somebody began to carry out a decision."""

    type: ClassVar[str] = "decision.started"
    noun: ClassVar[str] = "decision"
    review_id: ReviewId
    started_on: date | None


@example(review_id=RECORD, done_on=date(2026, 11, 20))
@dataclass(frozen=True, slots=True)
class DecisionCarriedOut(RecordEvent):
    """A decision was carried out."""

    type: ClassVar[str] = "decision.carried_out"
    noun: ClassVar[str] = "decision"
    review_id: ReviewId
    done_on: date | None


@example(review_id=RECORD)
@dataclass(frozen=True, slots=True)
class DecisionDropped(RecordEvent):
    """A decision will not be carried out."""

    type: ClassVar[str] = "decision.dropped"
    noun: ClassVar[str] = "decision"
    review_id: ReviewId
