"""What is sent and shown of a child protection plan."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field

from services.reviews_api.protection_plans.states import PlanStatus
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.coded import CodeOf
from shared.http.fields import Body, BoundedDate, Reference, View

Category = Annotated[str, CodeOf("abuse_category")]
EndReason = Annotated[str, CodeOf("plan_end_reason")]


class PlanBody(SourcedBody):
    """One unbroken time on a plan, whole: what is left out is taken as not so."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"child": "C-1001", "started_on": "2026-11-20", "initial_category": "NEG"}
        }
    )

    child: Reference = Field(description="The child's reference. Never changes.")
    conference: Reference | None = Field(
        default=None,
        description="The reference of the conference that made the plan, which is about the child.",
    )
    started_on: BoundedDate = Field(
        description="London date on which the plan started: the day of the conference."
    )
    ended_on: BoundedDate | None = Field(
        default=None, description="London date on which the plan ended; never the day on which it started."
    )
    initial_category: Category = Field(description="The category of abuse when the plan started.")
    latest_category: Category | None = Field(
        default=None, description="The latest category of abuse; left out, it is the initial one."
    )
    end_reason: EndReason | None = Field(default=None, description="Only of a plan that has ended.")
    previous_plans_elsewhere: int = Field(
        default=0,
        strict=True,
        ge=0,
        le=99,
        description="How many earlier plans the child had that are not on record here.",
    )


class EndBody(Body):
    """The child comes off the plan."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ended_on": "2026-11-20", "end_reason": "no_longer_needed"}}
    )

    ended_on: BoundedDate = Field(description="London date.")
    end_reason: EndReason


class MarkView(View):
    """A length that a plan may reach, such as 15 months: on which London date, and whether it has."""

    timescale: str
    title: str
    reached_on: date
    passed: bool


class PlanView(RecordView):
    """A child protection plan; dates are London's. `history_id` is the child's protection history."""

    child: str = Field(description="The child's reference.")
    child_id: UUID
    history_id: UUID
    status: PlanStatus
    conference_id: UUID | None
    started_on: date
    ended_on: date | None
    initial_category: str
    latest_category: str
    end_reason: str | None
    previous_plans_here: int = Field(description="Earlier plans of the child that are on record here.")
    previous_plans_elsewhere: int
    previous_plans: int = Field(description="Both together.")
    subsequent: bool = Field(description="Whether the child had been on a plan before, however long ago.")
    unborn: bool | None = Field(
        description="Whether the child was not yet born when it started; null where no birth is known or expected."
    )
    days: int = Field(description="How many days it has run, or ran.")
    marks: list[MarkView] = Field(
        description="The lengths that the council's timescales watch, the shortest first."
    )
    warnings: list[str] = Field(
        description="What the CIN census would question: start_differs_from_conference (rule 2885)."
    )


class PlanList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[PlanView]
    next: str | None = Field(default=None, description="The address of the next stretch.")


OnDay = Annotated[
    BoundedDate | None,
    Query(description="Those that ran on this London date; a plan does not run on the day on which it ends."),
]
OfCategory = Annotated[Category | None, Query(description="The latest category of abuse.")]
OfChild = Annotated[Reference | None, Query(description="The child's reference.")]
LongerThan = Annotated[
    int | None,
    Query(
        ge=1,
        le=240,
        description="Those that had lasted longer than so many months, at `on` or else by today.",
    ),
]
