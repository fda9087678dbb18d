"""What is sent and shown of an exemption."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, ConfigDict, Field

from services.reviews_api.exemptions.models import ExemptionKind
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import BoundedDate, Line, View


def _says_something(value: str) -> str:
    if not value.strip():
        raise ValueError("may not be blank")
    return value


Words = Annotated[Line, AfterValidator(_says_something)]

OfTimescale = Annotated[
    str | None, Query(pattern="^[a-z0-9-]{1,64}$", description="The code of a timescale.")
]
OfKind = Annotated[ExemptionKind | None, Query()]
GrantedFrom = Annotated[BoundedDate | None, Query(description="Granted on this London date or later.")]
GrantedTo = Annotated[BoundedDate | None, Query(description="Granted on this London date or earlier.")]


class ExemptionBody(SourcedBody):
    """What is granted for one deadline, by whom and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "deadline": "0197b1a4-5a3c-5d11-9d59-0f5b3a6e2c11",
                "kind": "pause",
                "from_on": "2026-12-01",
                "until_on": "2026-12-14",
                "because": "The officer is on sick leave.",
                "approved_by": "manager-2",
            }
        }
    )

    deadline: UUID = Field(description="The deadline's id. Never changes.")
    kind: ExemptionKind = Field(
        description="pause: the clock stands still; extension: a later date; waiver: the promise is let go. "
        "Never changes."
    )
    from_on: BoundedDate | None = Field(default=None, description="A pause's first day, in London.")
    until_on: BoundedDate | None = Field(
        default=None, description="A pause's last day, or the later date that an extension grants, in London."
    )
    because: Words = Field(description="Why, for whoever asks later. Never put in an event.")
    approved_by: Words = Field(
        description="The subject of whoever approved it: the caller's own, unless the case system tells of it."
    )


class ExemptionWithdrawal(SourcedBody):
    """Why an exemption is taken back."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"because": "The officer is back sooner than thought."}}
    )

    because: Words


class ExemptionView(RecordView):
    """An exemption, and what it comes to. `due_on` and `outcome` are its deadline's as they are now."""

    deadline_id: UUID
    history_id: UUID
    child_id: UUID | None
    timescale: str
    kind: ExemptionKind
    granted_on: date = Field(description="London date on which it was granted, or last granted anew.")
    from_on: date | None
    until_on: date | None
    because: str
    approved_by: str
    has_effect: bool = Field(
        description="Whether it moves the date or lets the promise go, as the facts stand. What turns out to be "
        "granted after the due date has none."
    )
    due_on: date
    outcome: str


class ExemptionList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[ExemptionView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
