"""What is sent and shown when an officer's children are given to others."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.reviews_api.allocations.models import AllocationRole
from services.reviews_api.coded import AllocationReason, SiblingReason
from shared.http.fields import AwareInstant, Body, BoundedDate, Reference, View


class Share(Body):
    """What one officer takes over."""

    officer: Reference = Field(description="Your reference of the officer.")
    children: list[Reference] | None = Field(
        default=None,
        min_length=1,
        max_length=500,
        description="The children's references; without them, all that no other share names.",
    )


class ReallocationBody(Body):
    """An officer's children become others', all at one instant."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_officer": "iro-3",
                "to": [{"officer": "iro-4", "children": ["C-1001", "C-1002"]}, {"officer": "iro-5"}],
                "at": "2026-11-20T17:00:00+00:00",
                "reason": "leaver",
            }
        }
    )

    from_officer: Reference = Field(description="Your reference of the officer whose children they are.")
    to_officer: Reference | None = Field(default=None, description="In place of `to`: who takes all of them.")
    to: list[Share] | None = Field(default=None, min_length=1, max_length=50)
    at: AwareInstant = Field(description="When the one ceases to be responsible and the others begin.")
    reason: AllocationReason
    role: AllocationRole = AllocationRole.IRO
    sibling_reason: SiblingReason | None = None
    until_on: BoundedDate | None = Field(
        default=None, description="For cover: the London date to which it is meant to last."
    )


class Moved(View):
    """A child who was given to another officer."""

    child: str
    child_id: UUID
    officer: str
    allocation: str = Field(description="The reference of the new allocation, made from the old one.")
    allocation_id: UUID
    ended_id: UUID = Field(description="The id of the allocation that ended.")


class Refused(View):
    """A child who stays with the officer they had, and why."""

    child: str
    child_id: UUID
    officer: str = Field(description="To whom they could not be given.")
    code: str = Field(description="conflict_of_interest or siblings_share_an_officer.")
    detail: str


class ReallocationView(View):
    """What was moved and what was refused; `unnamed` children were asked of nobody and stay too."""

    from_officer: str
    role: AllocationRole
    at: datetime
    reason: str
    moved: list[Moved]
    refused: list[Refused]
    unnamed: int
