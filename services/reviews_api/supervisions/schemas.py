"""What is sent and shown of a supervision."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.coded import SupervisionKind
from services.reviews_api.sourced import RecordView, SourcedBody
from services.reviews_api.supervisions.models import ONE_TO_ONE
from shared.http.fields import BoundedDate, Reference, View


class SupervisionBody(SourcedBody):
    """An officer was supervised."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "officer": "iro-3",
                "supervisor": "manager-1",
                "held_on": "2026-11-20",
                "kind": "one_to_one",
            }
        }
    )

    officer: Reference = Field(description="The officer's reference as a worker. Never changes.")
    supervisor: Reference = Field(description="Your reference of whoever supervised.")
    held_on: BoundedDate = Field(description="London date.")
    kind: SupervisionKind = ONE_TO_ONE


class SupervisionView(RecordView):
    """A supervision."""

    worker_id: UUID
    supervisor: str
    held_on: date
    kind: str


class SupervisionList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[SupervisionView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
