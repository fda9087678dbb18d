"""What is sent to the escalation routes."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, StrictBool, model_validator
from pydantic.config import JsonDict

from services.escalation_api.escalations.concern import Kind, PlanChanged, RaisedAs, Severity, Source
from shared.http.fields import Body, BoundedDate, Code, Reference, Text

MOST_SIBLINGS = 20


def _says_something(value: str) -> str:
    if not value.strip():
        raise ValueError("may not be blank")
    return value


Words = Annotated[Text, AfterValidator(_says_something)]
Stage = Annotated[Code, Field(description="The code of a stage of the ladder.", examples=["practice_alert"])]


EXAMPLE: JsonDict = {
    "child": "C-1042",
    "theme": "no_evidence_of_visits",
    "concern": "No visit is recorded since the last review.",
    "severity": "medium",
    "asked_for": "A visit this week.",
    "needed_on": "2026-12-04",
}


class ArisesFrom(Body):
    """The record that led to a concern; of a breach, its deadline."""

    kind: Source
    record: Reference = Field(description="Your reference of the record, or its id.", examples=["R-1042-3"])


class Raising(Body):
    """A concern about one child, about siblings, or about a team and no child; or good practice."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    child: Reference | None = Field(
        None, description="The case system's reference of the child.", examples=["C-1042"]
    )
    children: list[Reference] = Field(
        [], max_length=MOST_SIBLINGS, description="Instead of one child: siblings, who make one alert."
    )
    theme: Code = Field(examples=["no_evidence_of_visits"], description="What it is about.")
    concern: Words = Field(
        description="What worries the officer (or what was done well), in their own words.",
        examples=["No visit is recorded since the last review."],
    )
    kind: Kind | None = Field(
        None, description="Left out, it begins where the council's ladder does; good_practice has no clock."
    )
    stage: Stage | None = Field(None, description="The stage to begin at, where not the first of its kind.")
    because: Words | None = Field(None, description="Why stages are passed over, where they are.")
    team: Reference | None = Field(
        None, description="The case system's reference of the team; left out, the child's."
    )
    severity: Severity | None = None
    asked_for: Words | None = Field(None, description="What would put it right.")
    needed_on: BoundedDate | None = Field(
        None, description="The London date by which the child needs it, where the delay itself is harm."
    )
    arises_from: ArisesFrom | None = None
    raised_as: RaisedAs | None = Field(None, description="Left out, what the caller's role says.")

    @model_validator(mode="after")
    def _about_somebody(self) -> Self:
        if self.child is not None and self.children:
            raise ValueError("name one child or several children, not both")
        if self.child is None and not self.children and self.team is None:
            raise ValueError("name the child, the children, or the team that it is about")
        if self.kind is Kind.GOOD_PRACTICE and (self.stage or self.needed_on):
            raise ValueError("good practice has neither stage nor clock")
        return self


class Acceptance(Body):
    """A suggestion taken up, with the officer's own words if they wish."""

    concern: Words | None = Field(None, examples=["The review was put off twice."])


class Dismissal(Body):
    """Why a suggestion is not taken up."""

    reason: Words = Field(examples=["Held in time; the record reached us late."])


class Advance(Body):
    """Where it goes up to, and why."""

    stage: Stage | None = Field(None, description="Left out, the next one up.")
    because: Words | None = Field(
        None,
        examples=["Nobody has answered."],
        description="Needed where stages are passed over, and where a formal stage is left before its answer was "
        "rejected or its time has run out unanswered.",
    )


class Resolution(Body):
    """How a concern was put right, in whole or in part."""

    outcome: Words = Field(examples=["Visited on Tuesday; the team manager checks weekly."])
    plan_changed: PlanChanged | None = Field(None, description="Whether it changed the child's plan.")
    partly: StrictBool = Field(False, description="true where only a part of it was put right.")


class Reason(Body):
    """Why this step is taken."""

    reason: Words = Field(examples=["The child's plan has ended."])
