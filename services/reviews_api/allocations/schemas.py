"""What is sent and shown of an allocation."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import AwareInstant, Reference


class AllocationBody(SourcedBody):
    """An officer becomes responsible for a child, and later ceases to be."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "care_period": "CP-1001-1",
                "officer": "iro-3",
                "allocated_at": "2026-11-03T09:30:00+00:00",
            }
        }
    )

    care_period: Reference = Field(description="The care period's reference.")
    officer: Reference = Field(description="Your reference of the Independent Reviewing Officer.")
    allocated_at: AwareInstant
    ended_at: AwareInstant | None = None


class AllocationView(RecordView):
    """An allocation; instants are UTC."""

    child_id: UUID
    care_period_id: UUID
    officer: str
    allocated_at: datetime
    ended_at: datetime | None
