"""What is sent to and from the routes of answers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field, StrictBool

from services.escalation_api.escalations.responses import ResponseState
from services.escalation_api.escalations.schemas import Stage, Words
from shared.http.fields import Body, BoundedDate, Line, View

MOST_PROMISES = 20


class PromiseBody(Body):
    """An action that is offered, for a day (London)."""

    action: Words = Field(examples=["The social worker visits, and sees the child alone."])
    due_on: BoundedDate
    by_whom: Line | None = Field(None, examples=["The allocated social worker"])


class ResponseBody(Body):
    """An answer to an escalation at the stage where it stands."""

    answer: Words = Field(examples=["Two visits were missed through sickness; cover is in place."])
    promises: list[PromiseBody] = Field([], max_length=MOST_PROMISES)


class Drafting(ResponseBody):
    """An answer, as a draft or sent at once."""

    send: StrictBool = Field(False, description="true sends it at once; a draft is sent later.")


class Deciding(Body):
    """The officer's decision, and why: needed where an answer is rejected, or accepted in part."""

    because: Words | None = Field(None, examples=["The visit is promised; the plan is not yet mended."])


class Rejecting(Body):
    """Why an answer will not do, and which stage is to answer next."""

    because: Words = Field(examples=["No date is given for the visit."])
    stage: Stage | None = Field(None, description="Left out, the next one up.", examples=["service_manager"])


class OfferedView(View):
    """An action that an answer offers."""

    action: str
    due_on: date
    by_whom: str | None


EXAMPLE: dict[str, Any] = {
    "id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c13",
    "escalation_id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c11",
    "stage_id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c12",
    "state": "draft",
    "possible": ["rewrite", "send", "discard"],
    "answer": "Two visits were missed through sickness; cover is in place.",
    "promises": [{"action": "The social worker visits.", "due_on": "2026-12-01", "by_whom": None}],
    "drafted_by": "sw-12",
    "drafted_at": "2026-11-24T09:00:00Z",
    "sent_by": None,
    "sent_at": None,
    "decided_by": None,
    "decided_at": None,
    "decided_because": None,
    "version": 1,
}


class ResponseView(View):
    """An answer, and where it stands. Instants are UTC."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID
    escalation_id: UUID
    stage_id: UUID
    state: ResponseState
    possible: list[str]
    answer: str
    promises: list[OfferedView]
    drafted_by: str
    drafted_at: datetime
    sent_by: str | None
    sent_at: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    decided_because: str | None
    version: int


class ResponseList(View):
    """The answers to an escalation, the first first."""

    items: list[ResponseView]
