"""What is sent to and from the routes of promises."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from services.escalation_api.escalations.concern import PlanChanged
from services.escalation_api.escalations.promises import PromiseState
from services.escalation_api.escalations.schemas import Words
from shared.http.fields import Body, BoundedDate, View


class Keeping(Body):
    """When (London) a promised action was done, what shows it, and whether it changed the child's plan."""

    done_on: BoundedDate
    evidence: Words = Field(examples=["The visit is on record; the child was seen alone."])
    plan_changed: PlanChanged | None = None


class Moving(Body):
    """Another day (London) for a promised action, and why."""

    due_on: BoundedDate
    reason: Words = Field(examples=["The child is away until then."])


class Dropping(Body):
    """Why a promised action is not needed any more."""

    reason: Words = Field(examples=["The child has moved."])


EXAMPLE: dict[str, Any] = {
    "id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c14",
    "escalation_id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c11",
    "response_id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c13",
    "action": "The social worker visits, and sees the child alone.",
    "by_whom": "The allocated social worker",
    "due_on": "2026-12-01",
    "promised_at": "2026-11-25T12:00:00Z",
    "state": "promised",
    "possible": ["move", "keep", "drop"],
    "done_on": None,
    "dropped_on": None,
    "ended_because": None,
    "ended_by": None,
    "plan_changed": None,
    "version": 1,
}


class PromiseView(View):
    """A promised action. `due_on`, `done_on` and `dropped_on` are London dates; `ended_because` is the evidence that it
    was done, or why it was dropped."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID
    escalation_id: UUID
    response_id: UUID
    action: str
    by_whom: str | None
    due_on: date
    promised_at: datetime
    state: PromiseState
    possible: list[str]
    done_on: date | None
    dropped_on: date | None
    ended_because: str | None
    ended_by: str | None
    plan_changed: PlanChanged | None
    version: int


class PromiseList(View):
    """What was promised in an escalation, in the order of the promising."""

    items: list[PromiseView]
