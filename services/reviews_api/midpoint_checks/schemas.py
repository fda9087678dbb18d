"""What is sent and shown of a midpoint check."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.midpoint_checks.models import Finding
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Reference


class MidpointCheckBody(SourcedBody):
    """The officer looked at the plan between reviews."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "care_period": "CP-1001-1",
                "officer": "iro-3",
                "completed_on": "2026-11-20",
                "finding": "drift",
            }
        }
    )

    care_period: Reference = Field(description="The care period's reference.")
    officer: Reference = Field(description="Your reference of the officer who checked.")
    completed_on: BoundedDate = Field(description="London date.")
    finding: Finding = Field(description="on_track, or drift: the plan is not being carried out.")


class MidpointCheckView(RecordView):
    """A midpoint check."""

    child_id: UUID
    care_period_id: UUID
    officer: str
    completed_on: date
    finding: Finding
