"""What is sent and shown of a care planning meeting."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Reference, View


class CarePlanningMeetingBody(SourcedBody):
    """A meeting that took place, and what is on record of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "care_period": "CP-1001-1",
                "held_on": "2026-11-20",
                "decisions_recorded": True,
                "minutes_on_record": False,
                "plan_updated_on": "2026-11-20",
            }
        }
    )

    care_period: Reference = Field(description="The care period's reference. Never changes.")
    held_on: BoundedDate = Field(description="London date.")
    decisions_recorded: bool = Field(strict=True, description="Whether its decisions are on the record.")
    minutes_on_record: bool = Field(strict=True, description="Whether its minutes are.")
    plan_completed_on: BoundedDate | None = Field(
        default=None, description="London date on which the first care plan was completed, if this led to it."
    )
    plan_updated_on: BoundedDate | None = Field(
        default=None, description="London date on which the care plan was updated, if this led to it."
    )


class CarePlanningMeetingView(RecordView):
    """A care planning meeting."""

    child_id: UUID
    care_period_id: UUID
    held_on: date
    decisions_recorded: bool
    minutes_on_record: bool
    plan_completed_on: date | None
    plan_updated_on: date | None


class CarePlanningMeetingList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[CarePlanningMeetingView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
