"""What a bundle says of the child's record: periods of care, legal statuses, reviews and midpoint checks."""

from datetime import date

from shared.http.fields import View


class CarePeriodPart(View):
    """One unbroken time of being looked after; London dates."""

    reference: str
    started_on: date
    ended_on: date | None
    end_reason: str | None


class LegalStatusPart(View):
    """A legal status (SSDA903 code) and what it means, from a London date on."""

    code: str
    meaning: str
    from_on: date


class DecisionPart(View):
    """A decision of a review, and what became of it; London dates."""

    what: str
    owner: str
    due_on: date | None
    state: str
    overdue: bool
    started_on: date | None
    done_on: date | None
    dropped_because: str | None


class ReviewPart(View):
    """A review of the child, held or not; London dates."""

    reference: str
    status: str
    scheduled_on: date | None
    postponed_from: date | None
    postponed_reason: str | None
    cancelled_on: date | None
    cancelled_reason: str | None
    held_on: date | None
    participation: str | None
    decisions_issued_on: date | None
    decisions_answered_on: date | None
    decisions_answer: str | None
    record_completed_on: date | None
    record_distributed_on: date | None
    decisions: list[DecisionPart]


class MidpointCheckPart(View):
    """The officer's look, between reviews, at whether the plan is carried out; London dates."""

    reference: str
    status: str
    planned_on: date | None
    completed_on: date | None
    finding: str | None
    drifted: list[str]
    done: list[str]
