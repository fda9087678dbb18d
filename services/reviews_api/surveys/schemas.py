"""What is sent and shown of a survey."""

from datetime import date
from typing import Annotated, Self

from fastapi import Query
from pydantic import ConfigDict, Field, model_validator

from services.reviews_api.figures import Count
from services.reviews_api.sourced import RecordView, SourcedBody
from shared.http.fields import Body, BoundedDate, Code, Line, View

RunFrom = Annotated[
    BoundedDate | None, Query(alias="from", description="Still running on this London date, or begun later.")
]
RunTo = Annotated[BoundedDate | None, Query(alias="to", description="Begun on this London date or earlier.")]
HowMany = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]


class Question(Body):
    """One question, and how often each answer was given."""

    code: Code = Field(description="Unique within the survey; the same from year to year.")
    text: Line = Field(description="The question, as it was asked.")
    several: bool = Field(
        default=False, strict=True, description="Whether one child may give several answers."
    )
    answers: dict[Code, HowMany] = Field(max_length=100, description="How often each was given, by its code.")


class SurveyBody(SourcedBody):
    """A questionnaire's counts. Who said what is not told here, and no words of anybody's."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title": "The Pledge",
                "from_on": "2026-08-03",
                "until_on": "2026-08-28",
                "asked": 607,
                "returned": 212,
                "questions": [
                    {
                        "code": "knows_their_iro",
                        "text": "Do you know who your reviewing officer is?",
                        "answers": {"yes": 171, "no": 38},
                    }
                ],
            }
        }
    )

    title: Line = Field(description="For people.")
    from_on: BoundedDate = Field(description="London date of its first day.")
    until_on: BoundedDate = Field(description="London date of its last day.")
    asked: HowMany = Field(description="How many children were asked.")
    returned: HowMany = Field(description="How many answered.")
    questions: list[Question] = Field(default=[], max_length=200)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({question.code for question in self.questions}) < len(self.questions):
            raise ValueError("the code of a question is there twice")
        return self


class SurveyView(RecordView):
    """A survey's counts."""

    title: str
    from_on: date
    until_on: date
    asked: int
    returned: int
    questions: list[Question]


class SurveyList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    items: list[SurveyView]
    next: str | None = Field(default=None, description="The address of the next stretch.")


class QuestionFigures(View):
    """How one question was answered."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "code": "knows_their_iro",
                "text": "Do you know who your reviewing officer is?",
                "answers": {
                    "yes": {"count": 171},
                    "no": {"suppressed": True},
                    "unanswered": {"suppressed": True},
                },
            }
        }
    )

    code: str
    text: str
    answers: dict[str, Count] = Field(
        description="How often each answer was given; with `unanswered`, where one child gives one answer."
    )


class SurveyFigures(View):
    """What a survey came to."""

    title: str
    from_on: date
    until_on: date
    asked: int
    returned: int
    percentage: int | None = Field(
        description="Returned in a hundred asked, a half rounded up; null of none."
    )
    questions: list[QuestionFigures]
