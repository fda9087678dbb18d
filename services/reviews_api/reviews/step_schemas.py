"""What is sent with each step that a review takes; `step` lets a review take it."""

from pydantic import ConfigDict, Field

from services.reviews_api.exemptions.schemas import Words
from services.reviews_api.reviews.models import Account, Answer, Approval, Mode, Review
from services.reviews_api.reviews.schemas import PN, Attended, BroughtForward, Reason
from shared.http.fields import Body, BoundedDate, Line


class HeldBody(Body):
    """How a review went."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "held_on": "2026-11-20",
                "participation": "PN1",
                "mode": "in_person",
                "attended": {"child": 1, "carer": 2, "social_worker": 1},
            }
        }
    )

    held_on: BoundedDate = Field(description="The London date on which it took place or was completed.")
    participation: PN = None
    mode: Mode | None = None
    attended: Attended = Field(default_factory=dict)
    late_reason: Reason | None = None

    def account(self) -> Account:
        """The same, for the review to take."""
        return Account(**self.model_dump())


class HoldBody(HeldBody):
    """The review was held in one meeting."""

    def step(self, review: Review) -> None:
        review.hold(self.account())


class CompleteBody(HeldBody):
    """What began as a series of meetings, or was adjourned, was completed."""

    def step(self, review: Review) -> None:
        review.complete(self.account())


class MeetBody(Body):
    """A meeting of a review that is held as a series of meetings."""

    model_config = ConfigDict(json_schema_extra={"example": {"on": "2026-11-20", "mode": "virtual"}})

    on: BoundedDate = Field(description="The London date of the meeting.")
    mode: Mode | None = None

    def step(self, review: Review) -> None:
        review.meet(self.on, self.mode)


class AdjournBody(Body):
    """The review broke off, and is to be gone on with."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"adjourned_on": "2026-11-20", "because": "The school's report was not there."}
        }
    )

    adjourned_on: BoundedDate = Field(description="The London date of the meeting that broke off.")
    mode: Mode | None = None
    because: Line = Field(description="Kept with the record; no names.")

    def step(self, review: Review) -> None:
        review.adjourn(self.adjourned_on, self.mode, self.because)


class ApprovedBody(Body):
    """What only a manager may allow."""

    approved_by: Words = Field(
        description="The subject of whoever approved it: the caller's own, unless the case system tells of it."
    )
    reason: Reason

    def approval(self) -> Approval:
        """Who allowed it, and why."""
        return Approval(self.approved_by, self.reason)


class PostponeBody(ApprovedBody):
    """The review is put off to a later day."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"scheduled_on": "2026-12-10", "approved_by": "manager-2", "reason": "illness"}
        }
    )

    scheduled_on: BoundedDate = Field(description="The London date it is now planned for.")

    def step(self, review: Review) -> None:
        review.postpone(self.scheduled_on, self.approval())


class BringForwardBody(Body):
    """The review is to be held sooner than planned."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"scheduled_on": "2026-11-24", "reason": "placement_change"}}
    )

    scheduled_on: BoundedDate = Field(description="The London date it is now planned for.")
    reason: BroughtForward

    def step(self, review: Review) -> None:
        review.bring_forward(self.scheduled_on, self.reason)


class CancelBody(ApprovedBody):
    """The review will not take place."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "approved_by": "manager-2",
                "reason": "care_ended",
                "because": "The child has returned home.",
            }
        }
    )

    because: Line | None = Field(default=None, description="Kept with the record; no names.")


class IssueBody(Body):
    """The decisions of the review went to the manager."""

    model_config = ConfigDict(json_schema_extra={"example": {"decisions_issued_on": "2026-11-23"}})

    decisions_issued_on: BoundedDate

    def step(self, review: Review) -> None:
        review.issue_decisions(self.decisions_issued_on)


class AnswerBody(Body):
    """What the manager said to the decisions."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"decisions_answered_on": "2026-11-23", "decisions_answer": "agreed"}}
    )

    decisions_answered_on: BoundedDate
    decisions_answer: Answer

    def step(self, review: Review) -> None:
        review.answer_decisions(self.decisions_answered_on, self.decisions_answer)
