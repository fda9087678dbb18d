"""What is sent and shown of a checklist's answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field

from services.reviews_api.checklist_answers.models import ItemAnswer
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Code, Reference, View

OfChecklist = Annotated[Reference | None, Query(description="Your reference of the checklist, or our id.")]
OfChild = Annotated[
    Reference | None, Query(description="The case system's reference of the child, or our id.")
]


class ChecklistAnswerBody(SourcedBody):
    """How a checklist was answered for one child."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "checklist": "CL-review",
                "child": "C-1001",
                "review": "R-1001-1",
                "answered_on": "2026-11-20",
                "answers": {"savings_account": "yes", "advocacy_offered": "not_known"},
            }
        }
    )

    checklist: Reference = Field(description="The checklist's reference. Never changes.")
    child: Reference = Field(description="The child's reference. Never changes.")
    review: Reference | None = Field(default=None, description="The child's review at which it was answered.")
    answered_on: BoundedDate = Field(description="London date.")
    answers: dict[Code, ItemAnswer] = Field(
        min_length=1, max_length=100, description="By the code of the item; those left out are unanswered."
    )
    checklist_version: int | None = Field(
        default=None,
        ge=1,
        le=2**31 - 1,
        strict=True,
        description="The version that was asked. Left out: the one now, or for a correction the one it was given to.",
    )


class ChecklistAnswerView(RecordView):
    """How a checklist was answered for one child, and which version of it that was."""

    checklist_id: UUID
    checklist_version: int
    child_id: UUID
    review_id: UUID | None
    answered_on: date
    answers: dict[str, ItemAnswer]


class ChecklistAnswerList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[ChecklistAnswerView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
