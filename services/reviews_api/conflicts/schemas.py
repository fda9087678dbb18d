"""What is sent and shown of a conflict of interest."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.coded import ConflictReason
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Reference, View


class ConflictBody(SourcedBody):
    """An officer may not be this child's."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "officer": "iro-3",
                "child": "C-1001",
                "reason": "relative",
                "declared_on": "2026-11-20",
            }
        }
    )

    officer: Reference = Field(description="Your reference of the officer. Never changes.")
    child: Reference = Field(description="The child's reference. Never changes.")
    reason: ConflictReason
    declared_on: BoundedDate = Field(description="London date.")


class ConflictView(RecordView):
    """A conflict of interest."""

    child_id: UUID
    officer: str
    reason: str
    declared_on: date


class ConflictList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[ConflictView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
