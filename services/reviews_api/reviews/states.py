"""What can be done with a looked-after review, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class ReviewStatus(StrEnum):
    """Where a review stands. One is under way between the first meeting of a series and its completion."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    ADJOURNED = "adjourned"
    HELD = "held"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What is done with a review."""

    SCHEDULE = "schedule"
    POSTPONE = "postpone"
    BRING_FORWARD = "bring_forward"
    HOLD = "hold"
    MEET = "meet"
    ADJOURN = "adjourn"
    COMPLETE = "complete"
    CANCEL = "cancel"
    ISSUE_DECISIONS = "issue_decisions"
    ANSWER_DECISIONS = "answer_decisions"


# A review is adjourned once (SI 2010/959 reg 36(2)): from there it can only be gone on with.
REVIEW = Lifecycle(
    noun="review",
    steps={
        None: {Verb.SCHEDULE: ReviewStatus.PLANNED},
        ReviewStatus.PLANNED: {
            Verb.POSTPONE: ReviewStatus.PLANNED,
            Verb.BRING_FORWARD: ReviewStatus.PLANNED,
            Verb.HOLD: ReviewStatus.HELD,
            Verb.MEET: ReviewStatus.UNDER_WAY,
            Verb.ADJOURN: ReviewStatus.ADJOURNED,
            Verb.CANCEL: ReviewStatus.CANCELLED,
        },
        ReviewStatus.UNDER_WAY: {
            Verb.MEET: ReviewStatus.UNDER_WAY,
            Verb.ADJOURN: ReviewStatus.ADJOURNED,
            Verb.COMPLETE: ReviewStatus.HELD,
            Verb.CANCEL: ReviewStatus.CANCELLED,
        },
        ReviewStatus.ADJOURNED: {
            Verb.MEET: ReviewStatus.ADJOURNED,
            Verb.COMPLETE: ReviewStatus.HELD,
            Verb.CANCEL: ReviewStatus.CANCELLED,
        },
        ReviewStatus.HELD: {
            Verb.ISSUE_DECISIONS: ReviewStatus.HELD,
            Verb.ANSWER_DECISIONS: ReviewStatus.HELD,
        },
        ReviewStatus.CANCELLED: {},
    },
    done={
        Verb.SCHEDULE: "scheduled",
        Verb.POSTPONE: "postponed",
        Verb.BRING_FORWARD: "brought forward",
        Verb.HOLD: "held",
        Verb.MEET: "continued by a meeting",
        Verb.ADJOURN: "adjourned",
        Verb.COMPLETE: "completed",
        Verb.CANCEL: "cancelled",
        Verb.ISSUE_DECISIONS: "followed by its decisions",
        Verb.ANSWER_DECISIONS: "answered by the manager",
    },
    advice="To correct what was recorded, PUT the review with its ETag as If-Match.",
)
