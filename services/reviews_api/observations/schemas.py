"""What is sent and shown of an observation."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.coded import Observed
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Reference, View


class ObservationBody(SourcedBody):
    """An officer's practice was observed."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "officer": "iro-3",
                "observer": "manager-1",
                "made_on": "2026-11-20",
                "observed": "review",
            }
        }
    )

    officer: Reference = Field(description="The officer's reference as a worker. Never changes.")
    observer: Reference = Field(description="Your reference of whoever observed.")
    made_on: BoundedDate = Field(description="London date.")
    observed: Observed


class ObservationView(RecordView):
    """An observation."""

    worker_id: UUID
    observer: str
    made_on: date
    observed: str


class ObservationList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[ObservationView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
