"""What is sent to and from the escalation routes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from services.escalation_api.escalations.models import Escalation, EscalationStep, Kind
from services.escalation_api.escalations.themes import THEMES, known_theme
from services.escalation_api.escalations.transitions import State, Verb
from shared.http.fields import Body, Code, Reference, Text, View


def _says_something(value: str) -> str:
    if not value.strip():
        raise ValueError("may not be blank")
    return value


Words = Annotated[Text, AfterValidator(_says_something)]
Theme = Annotated[
    Code,
    AfterValidator(known_theme),
    Field(json_schema_extra={"enum": list(THEMES)}, description="What the concern is about."),
]


class Raising(Body):
    """A concern about one child."""

    child: Reference = Field(description="The case system's reference of the child.", examples=["C-1042"])
    theme: Theme = Field(examples=["no_evidence_of_visits"])
    concern: Words = Field(
        description="What worries the officer, in their own words.",
        examples=["No visit is recorded since the last review."],
    )


class Acceptance(Body):
    """A suggestion taken up, with the officer's own words if they wish."""

    concern: Words | None = Field(None, examples=["The review was put off twice."])


class Dismissal(Body):
    """Why a suggestion is not taken up."""

    reason: Words = Field(examples=["Held in time; the record reached us late."])


class Resolution(Body):
    """How a concern was put right."""

    outcome: Words = Field(examples=["Visited on Tuesday; the team manager checks weekly."])


class StepView(View):
    """One step: who, when, from which state to which, and why. `taken_by` is null for Duecare itself."""

    verb: Verb
    taken_by: str | None
    taken_at: datetime
    from_state: State | None
    to_state: State
    reason: str | None


EXAMPLE: dict[str, Any] = {
    "id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c11",
    "kind": "informal_resolution",
    "state": "open",
    "possible": ["resolve"],
    "child": "C-1042",
    "child_id": "01936b7a-51b2-7f10-8d0e-6f0e4b1f7a02",
    "theme": "no_evidence_of_visits",
    "concern": "No visit is recorded since the last review.",
    "reason": None,
    "deadline_id": None,
    "deadline_version": None,
    "timescale": None,
    "due_on": None,
    "suggested_at": None,
    "raised_by": "iro-07",
    "raised_at": "2026-11-23T12:00:00Z",
    "outcome": None,
    "resolved_at": None,
    "version": 1,
}
FIRST_STEP = {
    "verb": "raise",
    "taken_by": "iro-07",
    "taken_at": "2026-11-23T12:00:00Z",
    "from_state": None,
    "to_state": "open",
    "reason": None,
}


class EscalationLine(View):
    """An escalation as a list shows it. `reason` says why Duecare suggested it; `possible`, what can be done."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})
    elsewhere: ClassVar[frozenset[str]] = frozenset({"child", "steps"})

    id: UUID
    kind: Kind
    state: State
    possible: list[Verb]
    child: str
    child_id: UUID
    theme: str
    concern: str | None
    reason: str | None
    deadline_id: UUID | None
    deadline_version: int | None
    timescale: str | None
    due_on: date | None
    suggested_at: datetime | None
    raised_by: str | None
    raised_at: datetime | None
    outcome: str | None
    resolved_at: datetime | None
    version: int

    @classmethod
    def of(cls, escalation: Escalation, child: str, **more: Any) -> Self:
        """The line of an escalation about the child with this reference."""
        own = {name: getattr(escalation, name) for name in cls.model_fields.keys() - cls.elsewhere}
        return cls.model_validate(own | {"child": child} | more)


class EscalationView(EscalationLine):
    """An escalation and every step it has taken, the first one first."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE | {"steps": [FIRST_STEP]}})

    steps: list[StepView]

    @classmethod
    def with_steps(cls, escalation: Escalation, child: str, steps: Iterable[EscalationStep]) -> Self:
        """The whole of an escalation."""
        return cls.of(escalation, child, steps=[StepView.model_validate(step) for step in steps])


class EscalationList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [EXAMPLE], "next": None}})

    items: list[EscalationLine]
    next: str | None = Field(None, description="The address of the next stretch.")
