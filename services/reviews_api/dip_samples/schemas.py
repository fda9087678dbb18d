"""What is sent and shown of a dip sample."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field

from services.reviews_api.dip_samples.models import Answer, Population
from services.reviews_api.dip_samples.states import State
from services.reviews_api.figures import Count
from services.reviews_api.sourced import LARGEST, RecordView, SourcedBody
from shared.http.fields import Body, BoundedDate, Code, Line, Reference, View

OfQuestion = Annotated[Code | None, Query(description="The code of the question.")]
InState = Annotated[State | None, Query()]
DrawnFrom = Annotated[BoundedDate | None, Query(description="Of this London date or later.")]
DrawnTo = Annotated[BoundedDate | None, Query(description="Of this London date or earlier.")]
Answered = Annotated[bool | None, Query(description="Only those answered, or only those who are not yet.")]
AfterPosition = Annotated[int, Query(ge=0, le=10_000, description="The position of the last you have seen.")]


class DipSampleBody(SourcedBody):
    """One question to be asked of some children's records, drawn by lot of all who were in care on a day, or on a
    child protection plan."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": "Care planning meetings, March",
                "question": "care_planning_meeting_recorded",
                "drawn_on": "2026-11-20",
                "size": 149,
                "seed": 20261120,
            }
        }
    )

    title: Line = Field(description="For people; no names.")
    question: Code = Field(
        description="What is asked of each record, as a code that stays the same over the years."
    )
    drawn_on: BoundedDate = Field(
        description="London date: of the children who were so on it. It may lie in the past."
    )
    population: Population = Field(
        default=Population.IN_CARE, description="in_care, or on_protection_plan: subject to a plan that day."
    )
    officer: Reference | None = Field(
        default=None, description="Only the children of this officer on that date."
    )
    size: int = Field(ge=1, le=5000, strict=True, description="How many children.")
    seed: int = Field(
        ge=0,
        le=LARGEST,
        strict=True,
        description="Any number, chosen beforehand. The same one draws the same children in the same order: those "
        'with the lowest SHA-256 of "seed:child id".',
    )
    whole: bool = Field(
        default=False, strict=True, description="Whether all of them may be meant, where there are no more."
    )


class AnswerBody(Body):
    """What was found on one child's record."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"answer": "no", "findings": ["cancelled_twice"]}}
    )

    answer: Answer
    findings: list[Code] = Field(default=[], max_length=50, description="Codes of what else was found.")


class CloseBody(Body):
    """No more answers are taken."""

    model_config = ConfigDict(json_schema_extra={"example": {"closed_on": "2026-11-23"}})

    closed_on: BoundedDate = Field(description="London date.")


class DipSampleFigures(View):
    """What a sample came to."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "question": "care_planning_meeting_recorded",
                "drawn_on": "2026-11-20",
                "drawn_from": 617,
                "sampled": 149,
                "answers": {
                    "yes": {"count": 67},
                    "no": {"count": 82},
                    "not_applicable": {"count": 0},
                    "unanswered": {"count": 0},
                },
                "percentage": 45,
                "findings": {"cancelled_twice": {"count": 11}},
            }
        }
    )

    question: str
    drawn_on: date
    drawn_from: int = Field(description="How many children there were to draw from.")
    sampled: int
    answers: dict[str, Count] = Field(
        description="yes, no, not_applicable and unanswered: together all sampled."
    )
    percentage: int | None = Field(
        description="Yes in a hundred of yes and no, a half rounded up; null of none, or where it would tell a "
        "suppressed count."
    )
    findings: dict[str, Count] = Field(description="How many children each code was found of.")


class DipSampleView(RecordView):
    """A dip sample."""

    title: str
    question: str
    drawn_on: date
    population: Population
    officer: str | None
    size: int
    seed: int
    whole: bool
    state: State
    draw: int = Field(description="How often it was drawn: anew, as long as there was no answer.")
    drawn_from: int
    closed_on: date | None


class DipSamplePage(DipSampleView):
    """A dip sample, and what it comes to so far."""

    figures: DipSampleFigures


class DrawnChild(View):
    """A child who was drawn, and what was found. `answered_at` is a UTC instant."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "position": 12,
                "child": "C-1001",
                "answer": "no",
                "findings": ["cancelled_twice"],
                "answered_at": "2026-11-20T09:30:00Z",
                "answered_by": "iro-3",
                "version": 1,
            }
        }
    )

    position: int = Field(description="In the order of the draw, from 1.")
    child: str
    child_id: UUID
    answer: Answer | None
    findings: list[str]
    answered_at: datetime | None
    answered_by: str | None
    version: int


class DrawnChildren(View):
    """A stretch of the children drawn, and where the next begins; null at the end."""

    items: list[DrawnChild]
    next: str | None = Field(default=None, description="The address of the next stretch.")


class DipSampleList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[DipSampleView]
    next: str | None = Field(default=None, description="The address of the next stretch.")
