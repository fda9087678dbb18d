"""What is sent and shown of a milestone."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field

from services.reviews_api.milestones.kinds import MilestoneKind
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Code, Reference, View

OfKind = Annotated[MilestoneKind | None, Query(description="Only these.")]
Codes = Annotated[dict[Code, Code], Field(max_length=10)]


class MilestoneBody(SourcedBody):
    """An assessment or a plan was completed."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "history": "CP-1001-1",
                "kind": "health_assessment",
                "completed_on": "2026-11-20",
                "codes": {"stage": "initial", "assessor": "doctor"},
            }
        }
    )

    history: Reference = Field(
        description="The reference of the care period or, for a care leaver's pathway plan, of that history. "
        "Never changes."
    )
    kind: MilestoneKind = Field(description="What was completed. Never changes.")
    completed_on: BoundedDate = Field(description="London date.")
    codes: Codes = Field(
        default_factory=dict,
        description="child_took_part (yes, no) of any; stage (initial, review) of a health assessment or education "
        "plan; assessor (doctor, nurse, midwife) of a health assessment; in_school (yes, no) of an education plan.",
    )


class MilestoneView(RecordView):
    """A milestone."""

    child_id: UUID
    history_id: UUID
    kind: MilestoneKind
    completed_on: date
    codes: dict[str, str]


class MilestoneList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[MilestoneView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
