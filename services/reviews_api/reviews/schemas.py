"""What is sent and shown of a review."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, ConfigDict, Field, StrictBool, StrictInt

from services.reviews_api.exemptions.schemas import Words
from services.reviews_api.listed import codes_of, one_of
from services.reviews_api.reviews.models import Answer, Mode
from services.reviews_api.reviews.participation import Participation
from services.reviews_api.reviews.states import ReviewStatus
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import Body, BoundedDate, Code, Line, Reference, View

MOST_MEETINGS, MOST_OF_A_KIND = 30, 50


def _known_attendees(value: dict[str, int]) -> dict[str, int]:
    known = codes_of("review_attendee")
    if not value.keys() <= set(known):
        raise ValueError(f"name those who attended by: {', '.join(known)}")
    if not all(1 <= number <= MOST_OF_A_KIND for number in value.values()):
        raise ValueError(f"give a number from 1 to {MOST_OF_A_KIND} for each")
    return value


Reason = Annotated[
    Code,
    AfterValidator(one_of("review_reason")),
    Field(json_schema_extra={"enum": list(codes_of("review_reason"))}, description="Why, by its code."),
]
BroughtForward = Annotated[
    Code,
    AfterValidator(one_of("review_brought_forward")),
    Field(json_schema_extra={"enum": list(codes_of("review_brought_forward"))}),
]
Attended = Annotated[
    dict[str, StrictInt],
    AfterValidator(_known_attendees),
    Field(description="How many of each attended, by their codes; names are never given."),
]
PN = Annotated[
    Participation | None,
    Field(
        description="The child's part in it, PN0 to PN7 as in the SSDA903 return: PN0 under the age of 4 only."
    ),
]
OfStatus = Annotated[ReviewStatus | None, Query()]
OfChild = Annotated[Reference | None, Query(description="The child's reference.")]
OfPeriod = Annotated[Reference | None, Query(description="The care period's reference.")]
HeldFrom = Annotated[BoundedDate | None, Query(description="Held on this London date or later.")]
HeldTo = Annotated[BoundedDate | None, Query(description="Held on this London date or earlier.")]


class Meeting(Body):
    """One meeting of a series: its London date, and how it was held where that is known."""

    on: BoundedDate
    mode: Mode | None = None

    def held(self) -> dict[str, str | None]:
        """The meeting as it is stored."""
        return {"on": self.on.isoformat(), "mode": self.mode}


class ReviewBody(SourcedBody):
    """A review as the case system holds it, whole: what is left out is taken as not so. All dates are London's."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"care_period": "CP-1001-1", "scheduled_on": "2026-11-26", "mode": "hybrid"}
        }
    )

    care_period: Reference = Field(description="The care period's reference.")
    scheduled_on: BoundedDate | None = Field(default=None, description="The day it is planned for.")
    mode: Mode | None = Field(default=None, description="How it is, or was, held.")
    postponed_from: BoundedDate | None = Field(default=None, description="The day it was put off from.")
    postponed_reason: Reason | None = None
    postponed_by: Words | None = Field(default=None, description="The subject of whoever approved that.")
    brought_forward_from: BoundedDate | None = Field(
        default=None, description="The later day it was planned for before it was brought forward."
    )
    brought_forward_reason: BroughtForward | None = None
    invitations_sent_on: BoundedDate | None = None
    report_received_on: BoundedDate | None = Field(
        default=None, description="When the social worker's report was there."
    )
    iro_spoke_on: BoundedDate | None = Field(
        default=None, description="When the reviewing officer spoke with the child before the review."
    )
    iro_spoke_alone: StrictBool | None = Field(default=None, description="Whether nobody else was there.")
    my_report_returned: StrictBool | None = Field(
        default=None, description="Whether the child returned My Report."
    )
    my_report_returned_on: BoundedDate | None = None
    meetings: list[Meeting] = Field(
        default_factory=list,
        max_length=MOST_MEETINGS,
        description="The meetings of a review that is held as a series, in their order. The first is the day on "
        "which it began; `held_on` is the day on which the series was completed.",
    )
    adjourned_on: BoundedDate | None = Field(
        default=None,
        description="The day of the meeting that broke off; with no `meetings`, the first. Once only.",
    )
    adjourned_because: Line | None = None
    held_on: BoundedDate | None = Field(
        default=None, description="The day on which it took place, or its series of meetings was completed."
    )
    participation: PN = None
    attended: Attended = Field(default_factory=dict)
    late_reason: Reason | None = None
    decisions_issued_on: BoundedDate | None = None
    decisions_answered_on: BoundedDate | None = Field(
        default=None, description="When the manager answered; silence of 5 working days agrees."
    )
    decisions_answer: Answer | None = None
    record_completed_on: BoundedDate | None = None
    record_distributed_on: BoundedDate | None = None
    cancelled_on: BoundedDate | None = None
    cancelled_reason: Reason | None = None
    cancelled_by: Words | None = Field(default=None, description="The subject of whoever approved that.")
    cancelled_because: Line | None = None

    def content(self) -> dict[str, Any]:
        """The review's own fields as they are stored."""
        said = {name: getattr(self, name) for name in type(self).model_fields}
        for name in ("care_period", "source_version", "source_at"):
            del said[name]
        said["meetings"] = [meeting.held() for meeting in self.meetings]
        said["began_on"] = self.meetings[0].on if self.meetings else self.adjourned_on
        if self.adjourned_on is not None and not self.meetings:
            said["meetings"] = [{"on": self.adjourned_on.isoformat(), "mode": None}]
        return said


class MeetingView(View):
    """One meeting of a series."""

    on: date
    mode: Mode | None


class ReviewView(RecordView):
    """A review; all dates are London's. `began_on` is the first meeting of a series."""

    child_id: UUID
    care_period_id: UUID
    status: ReviewStatus
    scheduled_on: date | None
    mode: Mode | None
    postponed_from: date | None
    postponed_reason: str | None
    postponed_by: str | None
    brought_forward_from: date | None
    brought_forward_reason: str | None
    invitations_sent_on: date | None
    report_received_on: date | None
    iro_spoke_on: date | None
    iro_spoke_alone: bool | None
    my_report_returned: bool | None
    my_report_returned_on: date | None
    meetings: list[MeetingView]
    began_on: date | None
    adjourned_on: date | None
    adjourned_because: str | None
    held_on: date | None
    participation: Participation | None
    attended: dict[str, int]
    late_reason: str | None
    decisions_issued_on: date | None
    decisions_answered_on: date | None
    decisions_answer: Answer | None
    record_completed_on: date | None
    record_distributed_on: date | None
    cancelled_on: date | None
    cancelled_reason: str | None
    cancelled_by: str | None
    cancelled_because: str | None
    source: str


class NextDeadline(View):
    """A deadline that is open once the review has been held."""

    id: UUID
    timescale: str
    due_on: date
    due_at: datetime
    reason: list[str]


class HeldView(ReviewView):
    """A review that was held, and what is now due for the child."""

    deadlines: list[NextDeadline]


class ReviewList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[ReviewView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
