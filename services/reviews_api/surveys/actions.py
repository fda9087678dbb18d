"""Telling of a survey, and taking one back."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.surveys.models import Survey
from services.reviews_api.surveys.queries import UNANSWERED
from services.reviews_api.surveys.schemas import Question, SurveyBody
from services.reviews_api.timeline import day_not_in_the_future
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.http.door import Door
from shared.refusals import Contradiction


async def put_survey(
    session: AsyncSession, door: Door, authority: str, reference: str, body: SurveyBody, if_match: str | None
) -> Written[Survey]:
    """Create or replace a survey's counts. Raises Contradiction for days or counts that cannot be."""
    day_not_in_the_future(door, "from_on", body.from_on)
    check_counts(body)
    values = body.values("questions") | {
        "questions": [question.model_dump(mode="json") for question in body.questions]
    }
    return await write(session, Survey, authority, reference, {}, values, body.given(if_match))


async def withdraw_survey(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Survey:
    """There was no such survey. Raises NotFound, TransitionRefused."""
    survey = await to_withdraw(session, Survey, authority, reference, body)
    await withdraw(session, door, survey, None, [], body.because, body.given(if_match))
    return survey


def check_counts(body: SurveyBody) -> None:
    """Raise Contradiction for more answers than were returned, or more returned than asked for."""
    if body.until_on < body.from_on:
        raise Contradiction("A survey cannot end before it begins.", pointer="/until_on")
    if body.returned > body.asked:
        raise Contradiction("More were returned than children were asked.", pointer="/returned")
    for number, question in enumerate(body.questions):
        pointer = f"/questions/{number}/answers"
        if not question.several and UNANSWERED in question.answers:
            raise Contradiction("Those who gave no answer are counted here.", code="ours", pointer=pointer)
        if _most(question) > body.returned:
            raise Contradiction(
                "More answers were given than were returned.", code="too_many", pointer=pointer
            )


def _most(question: Question) -> int:
    counts = question.answers.values()
    return max(counts, default=0) if question.several else sum(counts)
