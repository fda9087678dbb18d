"""What is sent and shown of a review."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.reviews.models import Participation, ReviewStatus
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import Body, BoundedDate, Line, Reference, View


class ReviewBody(SourcedBody):
    """A review as the case system holds it: planned, or with `held_on` held."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"care_period": "CP-1001-1", "scheduled_on": "2026-11-26"}}
    )

    care_period: Reference = Field(description="The care period's reference.")
    scheduled_on: BoundedDate | None = Field(default=None, description="London date it is planned for.")
    held_on: BoundedDate | None = Field(default=None, description="London date on which it took place.")
    participation: Participation | None = Field(
        default=None, description="The child's part in it, PN0 to PN7 as in the SSDA903 return."
    )


class HoldBody(Body):
    """The meeting took place."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"held_on": "2026-11-20", "participation": "PN1"}}
    )

    held_on: BoundedDate
    participation: Participation | None = None


class CancelBody(Body):
    """The meeting will not take place."""

    model_config = ConfigDict(json_schema_extra={"example": {"because": "The child has returned home."}})

    because: Line


class ReviewView(RecordView):
    """A review; dates are London's."""

    child_id: UUID
    care_period_id: UUID
    status: ReviewStatus
    scheduled_on: date | None
    held_on: date | None
    participation: Participation | None
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
