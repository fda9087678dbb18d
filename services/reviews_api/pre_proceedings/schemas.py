"""What is sent and shown of pre-proceedings."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.coded import CodeOf
from shared.http.fields import BoundedDate, Reference

Outcome = Annotated[str, CodeOf("pre_proceedings_outcome")]


class PreProceedingsBody(SourcedBody):
    """Pre-proceedings of one child, whole, with the care proceedings that followed; or such proceedings alone."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "child": "C-1001",
                "started_on": "2026-09-01",
                "letter_sent_on": "2026-09-03",
                "meeting_held_on": "2026-09-14",
            }
        }
    )

    child: Reference = Field(description="The child's reference. Never changes.")
    started_on: BoundedDate | None = Field(
        default=None, description="London date on which the letter before proceedings was decided on."
    )
    letter_sent_on: BoundedDate | None = Field(default=None, description="London date.")
    meeting_held_on: BoundedDate | None = Field(
        default=None, description="London date of the first meeting with the parents and their lawyers."
    )
    ended_on: BoundedDate | None = Field(
        default=None, description="London date on which pre-proceedings ended."
    )
    outcome: Outcome | None = Field(default=None, description="How pre-proceedings ended.")
    issued_on: BoundedDate | None = Field(
        default=None, description="London date on which the application was issued."
    )
    concluded_on: BoundedDate | None = Field(
        default=None, description="London date on which the proceedings concluded."
    )


class PreProceedingsView(RecordView):
    """Pre-proceedings; dates are London's. `history_id` is the child's court history."""

    child_id: UUID
    history_id: UUID
    started_on: date | None
    letter_sent_on: date | None
    meeting_held_on: date | None
    ended_on: date | None
    outcome: str | None
    issued_on: date | None
    concluded_on: date | None
