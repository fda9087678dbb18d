"""What is shown of the parts of an escalation: its children, its steps, its stages, and who answers now."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.escalation_api.escalations.stages import Why
from services.escalation_api.escalations.transitions import State
from shared.http.fields import View
from shared.timescales.ladder import Silence

CHILD: dict[str, Any] = {"child": "C-1042", "child_id": "01936b7a-51b2-7f10-8d0e-6f0e4b1f7a02"}
FIRST_STEP = {
    "verb": "raise",
    "taken_by": "iro-07",
    "taken_at": "2026-11-23T12:00:00Z",
    "from_state": None,
    "to_state": "open",
    "reason": None,
    "stage": "informal",
    "about_id": None,
    "due_on": None,
}
FIRST_STAGE = {
    "id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c12",
    "stage": "informal",
    "formal": False,
    "why": "raised",
    "opened_by": "iro-07",
    "opened_at": "2026-11-23T12:00:00Z",
    "answered_at": None,
    "decided_at": None,
    "accepted_at": None,
    "closed_at": None,
}

NOW = {
    "title": "Informal resolution",
    "formal": False,
    "responder": "The social worker and the team manager",
    "roles": ["social_worker", "team_manager"],
    "copied": [],
    "silence": "enable",
}


class ChildLine(View):
    """A child whom an escalation is about."""

    child: str
    child_id: UUID


class StepView(View):
    """One step: who, when, from which state to which, and why. `taken_by` is null for Duecare itself; `about_id` is the
    answer or the promise that it concerns, `due_on` a date (London) that was promised."""

    verb: str
    taken_by: str | None
    taken_at: datetime
    from_state: State | None
    to_state: State
    reason: str | None
    stage: str | None
    about_id: UUID | None
    due_on: date | None


class StageView(View):
    """One visit of a stage of the ladder, with its instants (UTC)."""

    id: UUID
    stage: str
    formal: bool
    why: Why
    opened_by: str | None
    opened_at: datetime
    answered_at: datetime | None
    decided_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None


class WhoAnswers(View):
    """The stage at which it stands, as its ladder has it: who is to answer, in words and by the roles of their tokens,
    who else is told, and what silence does."""

    title: str
    formal: bool
    responder: str
    roles: list[str]
    copied: list[str]
    silence: Silence
