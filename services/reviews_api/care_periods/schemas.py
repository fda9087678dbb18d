"""What is sent and shown of a care period."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import AwareInstant, BoundedDate, Code, Reference


class CarePeriodBody(SourcedBody):
    """One unbroken time of being looked after, whole: what is left out is taken as not so."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "child": "C-1001",
                "started_on": "2026-11-02",
                "iro_notified_at": "2026-11-02T16:20:00+00:00",
            }
        }
    )

    child: Reference = Field(description="The child's reference.")
    started_on: BoundedDate = Field(description="London date on which the child became looked after.")
    iro_notified_at: AwareInstant | None = Field(
        default=None, description="When the reviewing service was told; the 72 hours run from here."
    )
    ended_on: BoundedDate | None = Field(default=None, description="London date on which care ended.")
    end_reason: Code | None = None


class CarePeriodView(RecordView):
    """A care period, with the version that an update must name."""

    child_id: UUID
    started_on: date
    iro_notified_at: datetime | None
    ended_on: date | None
    end_reason: str | None
    source: str
