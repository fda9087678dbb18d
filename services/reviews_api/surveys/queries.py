"""What a survey came to."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement

from services.reviews_api.figures import each, parts
from services.reviews_api.surveys.models import Survey
from services.reviews_api.surveys.schemas import QuestionFigures, SurveyFigures
from shared.http.percentages import percent

UNANSWERED = "unanswered"


def narrowed(run: tuple[date | None, date | None]) -> Iterator[ColumnElement[bool]]:
    """The conditions of a list: those that ran within these London days, or partly so."""
    first, last = run
    if first is not None:
        yield Survey.until_on >= first
    if last is not None:
        yield Survey.from_on <= last


def figures(survey: Survey, *, sees_all: bool) -> SurveyFigures:
    """What the survey came to, small numbers kept back unless the reader sees all."""
    own = {name: getattr(survey, name) for name in ("title", "from_on", "until_on", "asked", "returned")}
    return SurveyFigures(
        **own,
        percentage=percent(survey.returned, survey.asked),
        questions=[_question(question, survey.returned, sees_all) for question in survey.questions],
    )


def _question(question: Mapping[str, Any], returned: int, sees_all: bool) -> QuestionFigures:
    given: dict[str, int] = question["answers"]
    if question["several"]:
        answers = each(given, sees_all=sees_all)
    else:
        answers = parts({**given, UNANSWERED: returned - sum(given.values())}, sees_all=sees_all)
    return QuestionFigures(code=question["code"], text=question["text"], answers=answers)
