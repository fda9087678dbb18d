"""What is sent and shown of an audit."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field, JsonValue

from services.reviews_api.audits.models import Grade
from services.reviews_api.audits.states import State
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import Body, BoundedDate, Code, Reference, Text, View

OfChild = Annotated[
    Reference | None, Query(description="The case system's reference of the child, or our id.")
]
OfScope = Annotated[Code | None, Query(description="The code of what was looked at.")]
OfGrade = Annotated[Grade | None, Query()]
InState = Annotated[State | None, Query()]
DoneFrom = Annotated[BoundedDate | None, Query(description="Done on this London date or later.")]
DoneTo = Annotated[BoundedDate | None, Query(description="Done on this London date or earlier.")]
DueBy = Annotated[
    BoundedDate | None,
    Query(description="With an action not done that is due on this London date or earlier."),
]


class Finding(Body):
    """Something that was found."""

    code: Code
    text: Text | None = Field(default=None, description="In words. Never put in an event or a figure.")


class Action(Body):
    """Something to be done about it."""

    code: Code = Field(description="Unique within the audit.")
    text: Text | None = Field(default=None, description="In words. Never put in an event or a figure.")
    due_on: BoundedDate = Field(description="London date.")
    done_on: BoundedDate | None = Field(default=None, description="London date.")


Findings = Annotated[list[Finding], Field(max_length=100)]
Actions = Annotated[list[Action], Field(max_length=100)]
FOUND: dict[str, JsonValue] = {
    "done_on": "2026-11-20",
    "grade": "requires_improvement",
    "findings": [{"code": "no_pathway_plan", "text": "The plan is from two years ago."}],
    "actions": [{"code": "write_pathway_plan", "due_on": "2026-12-11"}],
}


class AuditBody(SourcedBody):
    """An audit of a child's case: planned, or with `done_on` and a grade done."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"child": "C-1001", "auditor": "manager-2", "scope": "after_protection", **FOUND}
        }
    )

    child: Reference = Field(description="The child's reference. Never changes.")
    auditor: Reference = Field(description="Your reference of whoever looks at the case.")
    scope: Code = Field(description="What is looked at, as a code of your own.")
    planned_on: BoundedDate | None = Field(default=None, description="London date it is planned for.")
    done_on: BoundedDate | None = Field(default=None, description="London date on which it was done.")
    grade: Grade | None = Field(default=None, description="Ofsted's four judgements.")
    findings: Findings = Field(default=[])
    actions: Actions = Field(default=[])
    actions_closed_on: BoundedDate | None = Field(
        default=None, description="London date from which nothing was left to do."
    )


class CompleteBody(Body):
    """The case was looked at."""

    model_config = ConfigDict(json_schema_extra={"example": FOUND})

    done_on: BoundedDate = Field(description="London date.")
    grade: Grade
    findings: Findings = Field(default=[])
    actions: Actions = Field(default=[])


class CloseActionsBody(Body):
    """Nothing is left to do."""

    model_config = ConfigDict(json_schema_extra={"example": {"closed_on": "2026-11-23"}})

    closed_on: BoundedDate = Field(description="London date.")


class AuditView(RecordView):
    """An audit; dates are London's."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reference": "AU-1001",
                "state": "done",
                "auditor": "manager-2",
                "scope": "after_protection",
                "next_action_due_on": "2026-12-11",
                **FOUND,
            }
        }
    )

    child_id: UUID
    auditor: str
    scope: str
    state: State
    planned_on: date | None
    done_on: date | None
    grade: Grade | None
    findings: list[Finding]
    actions: list[Action]
    next_action_due_on: date | None = Field(description="The nearest date of an action not done.")
    actions_closed_on: date | None


class AuditList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[AuditView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
