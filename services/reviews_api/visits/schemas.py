"""What is sent and shown of a visit or another contact."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field

from services.reviews_api.sourced import RecordView, SourcedBody
from services.reviews_api.visits.models import Mode, SeenAlone, VisitKind, VisitorRole
from shared.http.fields import BoundedDate, Reference, View

ByRole = Annotated[VisitorRole | None, Query(description="By whom.")]
OfKind = Annotated[VisitKind | None, Query()]


class VisitBody(SourcedBody):
    """Somebody with a part in the child's care visited them, or was in touch otherwise."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "history": "CP-1001-1",
                "worker": "sw-12",
                "role": "social_worker",
                "kind": "visit",
                "visited_on": "2026-11-20",
                "mode": "in_person",
                "seen": True,
                "seen_alone": "yes",
            }
        }
    )

    history: Reference | None = Field(
        default=None,
        description="The reference of the care period, or of the history of a child's protection or private "
        "fostering. A social worker's needs it. Never changes.",
    )
    child: Reference | None = Field(
        default=None, description="In its place: the child's reference. Never changes."
    )
    worker: Reference = Field(description="Your reference of who visited.")
    role: VisitorRole
    kind: VisitKind = Field(description="A telephone call or another contact is no visit.")
    visited_on: BoundedDate = Field(description="London date.")
    mode: Mode
    seen: bool = Field(strict=True, description="Whether the child was seen.")
    seen_alone: SeenAlone


class VisitView(RecordView):
    """A visit or another contact."""

    child_id: UUID
    history_id: UUID | None
    worker: str
    role: VisitorRole
    kind: VisitKind
    visited_on: date
    mode: Mode
    seen: bool
    seen_alone: SeenAlone


class VisitList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[VisitView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
