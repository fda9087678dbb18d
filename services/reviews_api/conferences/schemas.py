"""What is sent of a conference."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query
from pydantic import ConfigDict, Field, StrictBool

from services.reviews_api.conferences.models import ConferenceType
from services.reviews_api.sourced import SourcedBody
from shared.http.coded import CodeOf
from shared.http.fields import Body, BoundedDate, Line, Reference

Outcome = Annotated[str, CodeOf("conference_outcome")]
Category = Annotated[str, CodeOf("abuse_category")]
LateReason = Annotated[str, CodeOf("late_conference_reason")]
Number = Annotated[int, Field(strict=True, ge=0, le=99)]


class Mode(StrEnum):
    """How a conference was held."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    HYBRID = "hybrid"


class Reports(StrEnum):
    """Whether the reports were there for the conference."""

    AVAILABLE = "available"
    PARTLY_AVAILABLE = "partly_available"
    NOT_AVAILABLE = "not_available"


class Residence(StrEnum):
    """Whether a child who comes from another authority has come to stay."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"


class Attendance(Body):
    """How many were there."""

    children: Number = 0
    parents: Number = 0
    family_and_friends: Number = 0
    advocates: Number = 0
    professionals: Number = 0


class DecidedBody(Body):
    """A child, and what the conference decided for the child."""

    child: Reference = Field(description="The child's reference.")
    outcome: Outcome | None = Field(default=None, description="Only of a conference that was held.")
    category: Category | None = Field(default=None, description="Needed with a plan, and only with one.")


class ConferenceBody(SourcedBody):
    """A conference as the case system holds it, whole: requested, planned, or with `held_on` held. One meeting may be
    about many children, such as siblings."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "conference_type": "initial",
                "chair": "chair-1",
                "scheduled_on": "2026-12-10",
                "children": [{"child": "C-1001"}],
            }
        }
    )

    conference_type: ConferenceType = Field(
        description="One before a birth is an initial conference, of an unborn child."
    )
    children: list[DecidedBody] = Field(min_length=1, max_length=20, description="Each child once.")
    chair: Reference | None = Field(default=None, description="Your reference of the chair.")
    requested_on: BoundedDate | None = Field(
        default=None, description="London date on which it was asked for."
    )
    notified_on: BoundedDate | None = Field(
        default=None,
        description="Of a transfer in: the London date of the other authority's notice in writing, from which it is "
        "owed.",
    )
    accepted_on: BoundedDate | None = Field(
        default=None, description="Of a transfer in: the London date on which it was accepted."
    )
    residence: Residence | None = Field(
        default=None, description="Of a transfer in; a temporary stay brings no plan over."
    )
    scheduled_on: BoundedDate | None = Field(default=None, description="London date it is planned for.")
    invitations_sent_on: BoundedDate | None = Field(default=None, description="London date.")
    report_shared_on: BoundedDate | None = Field(
        default=None, description="London date on which the social worker's report was shared."
    )
    final_core_group_on: BoundedDate | None = Field(
        default=None, description="London date of the last core group before a review conference."
    )
    held_on: BoundedDate | None = Field(default=None, description="London date on which it took place.")
    mode: Mode | None = None
    quorate: StrictBool | None = Field(default=None, description="Whether enough agencies were there.")
    reports: Reports | None = None
    attended: Attendance | None = None
    late_reason: LateReason | None = Field(
        default=None,
        description="Needed where it was held after the day on which it was owed to any of its children.",
    )
    decisions_sent_on: BoundedDate | None = Field(default=None, description="London date.")
    minutes_sent_on: BoundedDate | None = Field(default=None, description="London date.")


class HoldBody(Body):
    """The conference took place. Children who are left out keep the outcome that they have."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "held_on": "2026-11-20",
                "mode": "in_person",
                "quorate": True,
                "reports": "available",
                "attended": {"parents": 2, "professionals": 6},
                "children": [{"child": "C-1001", "outcome": "plan", "category": "NEG"}],
            }
        }
    )

    held_on: BoundedDate = Field(description="London date.")
    mode: Mode | None = None
    quorate: StrictBool | None = None
    reports: Reports | None = None
    attended: Attendance | None = None
    late_reason: LateReason | None = None
    children: list[DecidedBody] = Field(default_factory=list, max_length=20)

    def values(self) -> dict[str, Any]:
        """How the meeting went."""
        attended = self.attended.model_dump() if self.attended else {}
        return self.model_dump(exclude={"children", "attended"}) | {"attended": attended}


class PostponeBody(Body):
    """The planned day is put off."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "scheduled_on": "2026-12-17",
                "because": "The reports are not ready.",
                "approved_by": "manager-1",
            }
        }
    )

    scheduled_on: BoundedDate = Field(description="The new London date, later than the one planned.")
    because: Line = Field(description="Why; no names.")
    approved_by: Reference = Field(description="Your reference of whoever allowed it.")


class CancelBody(Body):
    """The conference will not take place."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"because": "The enquiries found no harm.", "approved_by": "manager-1"}}
    )

    because: Line = Field(description="Why; no names.")
    approved_by: Reference = Field(description="Your reference of whoever allowed it.")


OfChild = Annotated[Reference | None, Query(description="The child's reference.")]
OfChair = Annotated[Reference | None, Query(description="Your reference of the chair.")]
OfType = Annotated[ConferenceType | None, Query()]
FromDay = Annotated[
    BoundedDate | None,
    Query(alias="from", description="Held, or else planned for, on this London date or later."),
]
ToDay = Annotated[
    BoundedDate | None,
    Query(alias="to", description="Held, or else planned for, on this London date or earlier."),
]
