"""What is sent and shown of an allocation."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.allocations.models import AllocationRole
from services.reviews_api.allocations.states import State
from services.reviews_api.coded import AllocationReason, EndReason, SiblingReason
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import AwareInstant, Body, BoundedDate, Reference, View


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

    care_period: Reference | None = Field(
        default=None, description="The care period's reference. A reviewing officer's allocation needs it."
    )
    child: Reference | None = Field(
        default=None, description="In place of it, for the other roles: the child's reference."
    )
    role: AllocationRole = Field(
        default=AllocationRole.IRO, description="As what the officer is the child's. Never changes."
    )
    officer: Reference = Field(description="Your reference of the officer.")
    notified_at: AwareInstant | None = Field(
        default=None, description="When the service was told that the child needs an officer in this role."
    )
    allocated_at: AwareInstant
    ended_at: AwareInstant | None = None
    reason: AllocationReason | None = None
    end_reason: EndReason | None = None
    sibling_reason: SiblingReason | None = None
    until_on: BoundedDate | None = Field(
        default=None, description="For cover: the London date to which it is meant to last."
    )


class EndBody(Body):
    """The officer is the child's no longer."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ended_at": "2026-11-20T17:00:00+00:00", "end_reason": "leaver"}}
    )

    ended_at: AwareInstant
    end_reason: EndReason | None = None


class AllocationView(RecordView):
    """An allocation; instants are UTC."""

    child_id: UUID
    care_period_id: UUID | None
    role: AllocationRole
    state: State
    officer: str
    notified_at: datetime | None
    allocated_at: datetime
    ended_at: datetime | None
    reason: str | None
    end_reason: str | None
    sibling_reason: str | None
    until_on: date | None


class AllocationList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[AllocationView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
