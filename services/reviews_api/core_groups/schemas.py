"""What is sent and shown of a core group."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Reference


class CoreGroupBody(SourcedBody):
    """A core group met."""

    model_config = ConfigDict(json_schema_extra={"example": {"child": "C-1001", "held_on": "2026-11-20"}})

    child: Reference = Field(description="The child's reference. Never changes.")
    plan: Reference | None = Field(
        default=None, description="The reference of the child protection plan that it carries out."
    )
    held_on: BoundedDate = Field(description="London date.")


class CoreGroupView(RecordView):
    """A core group. `history_id` is the child's protection history."""

    child_id: UUID
    history_id: UUID
    plan_id: UUID | None
    held_on: date
