"""What is sent and shown of a midpoint check."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, ConfigDict, Field

from services.reviews_api.midpoint_checks.findings import Action, Area, Finding, WhyNot
from services.reviews_api.midpoint_checks.states import CheckStatus
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import Body, BoundedDate, Reference, View

C = TypeVar("C", bound=StrEnum)


def _in_order(kind: type[C]) -> Callable[[Sequence[C]], list[C]]:
    """Each code once and in the order of the list: the same said otherwise is the same."""
    return lambda said: [code for code in kind if code in said]


Areas = Annotated[list[Area], Field(max_length=30), AfterValidator(_in_order(Area))]
Actions = Annotated[list[Action], Field(max_length=10), AfterValidator(_in_order(Action))]

OfOfficer = Annotated[Reference | None, Query(description="Your reference of the officer or chair.")]
WithStatus = Annotated[CheckStatus | None, Query()]
WithFinding = Annotated[Finding | None, Query()]


class Looked(Body):
    """What was looked at between two meetings, what drifts, and what was done about it."""

    looked_at: Areas = Field(default_factory=list, description="What the officer looked at.")
    drifted: Areas = Field(default_factory=list, description="What of that is not being carried out.")
    done: Actions = Field(default_factory=list, description="What the officer did about it.")


class MidpointCheckBody(Looked, SourcedBody):
    """The officer looked at the plan between reviews, or the chair between conferences; or is going to."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "care_period": "CP-1001-1",
                "officer": "iro-3",
                "completed_on": "2026-11-20",
                "finding": "drift",
                "looked_at": ["care_plan", "visits"],
                "drifted": ["visits"],
                "done": ["informal_resolution"],
            }
        }
    )

    care_period: Reference | None = Field(
        default=None,
        description="The care period's reference, for a reviewing officer's check. Never changes.",
    )
    protection: Reference | None = Field(
        default=None,
        description="For a conference chair's check in its place: the reference of the history of the child's "
        "protection. Never changes.",
    )
    officer: Reference = Field(description="Your reference of the officer or chair who checks.")
    planned_on: BoundedDate | None = Field(default=None, description="London date.")
    completed_on: BoundedDate | None = Field(default=None, description="London date.")
    finding: Finding | None = Field(
        default=None, description="on_track, or drift: the plan is not being carried out. With completed_on."
    )


class CompleteBody(Looked):
    """The officer has looked."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"completed_on": "2026-11-20", "finding": "on_track", "looked_at": ["care_plan"]}
        }
    )

    completed_on: BoundedDate = Field(description="London date.")
    finding: Finding


class CancelBody(Body):
    """A planned check did not take place, or will not."""

    model_config = ConfigDict(json_schema_extra={"example": {"because": "missed"}})

    because: WhyNot


class ArisesFrom(View):
    """The midpoint check that a concern arises from."""

    kind: Literal["midpoint_check"] = "midpoint_check"
    record: UUID


class EscalationPrefill(View):
    """A concern that this check gives reason for. It is a whole body of POST /v1/escalations; the officer may put
    the concern in their own words first. Nothing is raised by itself."""

    child: str = Field(description="The case system's reference of the child.")
    theme: str = Field(description="The code of the escalation's theme.")
    concern: str = Field(description="Names this check by its id, and the areas that drift.")
    arises_from: ArisesFrom


class MidpointCheckView(RecordView):
    """A midpoint check."""

    child_id: UUID
    care_period_id: UUID | None
    protection_id: UUID | None
    officer: str
    status: CheckStatus
    planned_on: date | None
    completed_on: date | None
    finding: Finding | None
    looked_at: list[Area]
    drifted: list[Area]
    done: list[Action]
    cancelled_on: date | None
    cancelled_because: WhyNot | None
    escalation_prefill: list[EscalationPrefill] = Field(
        description="What can be raised of what drifts: one concern for each theme."
    )


class MidpointCheckList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[MidpointCheckView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
