"""What is shown of escalations."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from services.escalation_api.escalations.concern import Kind, PlanChanged, RaisedAs, Severity, Source
from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.part_views import (
    CHILD,
    FIRST_STAGE,
    FIRST_STEP,
    NOW,
    ChildLine,
    StageView,
    StepView,
    WhoAnswers,
)
from services.escalation_api.escalations.stages import EscalationStage
from services.escalation_api.escalations.transitions import State, Verb
from shared.http.fields import View
from shared.timescales.ladder import Stage

EXAMPLE: dict[str, Any] = {
    "id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c11",
    "kind": "informal_resolution",
    "state": "open",
    "possible": ["advance", "resolve", "resolve_partly", "withdraw", "supersede"],
    **CHILD,
    "children": [CHILD],
    "team": "east",
    "theme": "no_evidence_of_visits",
    "severity": None,
    "concern": "No visit is recorded since the last review.",
    "asked_for": "A visit this week.",
    "needed_on": None,
    "arises_from": None,
    "arises_from_id": None,
    "raised_as": "iro",
    "ladder": "sefton-2021",
    "stage": "informal",
    "reason": None,
    "deadline_id": None,
    "deadline_version": None,
    "timescale": None,
    "due_on": None,
    "suggested_at": None,
    "raised_by": "iro-07",
    "raised_at": "2026-11-23T12:00:00Z",
    "formal_at": None,
    "settled_at": None,
    "closed_at": None,
    "outcome": None,
    "plan_changed": None,
    "resolved_at": None,
    "version": 1,
}


class EscalationLine(View):
    """An escalation as a list shows it. `reason` says why Duecare suggested it; `possible`, what can be done. `child`
    is the first of its `children`, null where it is about a team alone."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})
    elsewhere: ClassVar[frozenset[str]] = frozenset(
        {"child", "children", "possible", "steps", "stages", "who_answers"}
    )

    id: UUID
    kind: Kind
    state: State
    possible: list[Verb]
    child: str | None
    child_id: UUID | None
    children: list[ChildLine]
    team: str | None
    theme: str
    severity: Severity | None
    concern: str | None
    asked_for: str | None
    needed_on: date | None
    arises_from: Source | None
    arises_from_id: UUID | None
    raised_as: RaisedAs | None
    ladder: str | None
    stage: str | None
    reason: str | None
    deadline_id: UUID | None
    deadline_version: int | None
    timescale: str | None
    due_on: date | None
    suggested_at: datetime | None
    raised_by: str | None
    raised_at: datetime | None
    formal_at: datetime | None
    settled_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    plan_changed: PlanChanged | None
    resolved_at: datetime | None
    version: int

    @classmethod
    def of(cls, escalation: Escalation, children: list[ChildLine], possible: list[Verb], **more: Any) -> Self:
        """The line of an escalation about these children, the first first."""
        own = {name: getattr(escalation, name) for name in cls.model_fields.keys() - cls.elsewhere}
        child = next((each.child for each in children if each.child_id == escalation.child_id), None)
        return cls.model_validate(own | {"child": child, "children": children, "possible": possible} | more)


class EscalationView(EscalationLine):
    """An escalation, every step it has taken and every stage it has stood at, the first one first; and, where it is
    under way, who answers it now."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": EXAMPLE | {"steps": [FIRST_STEP], "stages": [FIRST_STAGE], "who_answers": NOW}
        }
    )

    steps: list[StepView]
    stages: list[StageView]
    who_answers: WhoAnswers | None

    @classmethod
    def whole(
        cls,
        escalation: Escalation,
        children: list[ChildLine],
        possible: list[Verb],
        steps: Iterable[EscalationStep],
        stages: Iterable[EscalationStage],
        stage: Stage | None,
    ) -> Self:
        """The whole of an escalation."""
        shown = [StepView.model_validate(step) for step in steps]
        stood = [StageView.model_validate(stage) for stage in stages]
        asked = None if stage is None else WhoAnswers.model_validate(stage)
        return cls.of(escalation, children, possible, steps=shown, stages=stood, who_answers=asked)


class EscalationList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [EXAMPLE], "next": None}})

    items: list[EscalationLine]
    next: str | None = Field(None, description="The address of the next stretch.")
