"""Surveys, such as the Pledge questionnaire: counts, and never who said what."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.access import ASSURANCE_READERS
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.stretches import stretch
from services.reviews_api.surveys.actions import put_survey, withdraw_survey
from services.reviews_api.surveys.models import Survey
from services.reviews_api.surveys.queries import figures, narrowed
from services.reviews_api.surveys.schemas import (
    RunFrom,
    RunTo,
    SurveyBody,
    SurveyFigures,
    SurveyList,
    SurveyView,
)
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/surveys", tags=["surveys"], route_class=TransactionalRoute)
SurveyReference = Annotated[Reference, Path(description="Your own reference of the survey, or our id.")]


@router.put(
    "/{reference}",
    summary="Tell of a survey, or replace its counts",
    responses=created(SurveyView) | problem_responses(412, 413, 415, 422, 428),
)
async def put(
    reference: SurveyReference,
    body: SurveyBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> SurveyView:
    """Counts only. Refused where more answers were given than were returned."""
    written = await put_survey(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return SurveyView.model_validate(written.record)


@router.get("", summary="List surveys", responses=problem_responses(422))
async def list_surveys(
    request: Request,
    session: Session,
    who: Caller,
    from_on: RunFrom = None,
    to_on: RunTo = None,
    after: After = None,
    limit: Limit = 50,
) -> SurveyList:
    """In the order in which they were first told, also those withdrawn. `next` is the address of what follows."""
    wanted = narrowed((from_on, to_on))
    found = await stretch(session, Survey, who.authority, after, limit + 1, *wanted)
    items = [SurveyView.model_validate(each) for each in found[:limit]]
    return SurveyList(items=items, next=next_address(request, found, limit))


@router.get("/{reference}", summary="A survey", responses=problem_responses(404, 422))
async def get(reference: SurveyReference, response: Response, session: Session, who: Caller) -> SurveyView:
    """One survey's counts, with their version as the ETag."""
    survey = await get_record(session, Survey, who.authority, reference)
    mark(response, survey.version)
    return SurveyView.model_validate(survey)


@router.get("/{reference}/figures", summary="What a survey came to", responses=problem_responses(404, 422))
async def get_figures(reference: SurveyReference, session: Session, who: Caller) -> SurveyFigures:
    """Its counts and how many returned it; small numbers are kept back from those who see figures only."""
    survey = await get_record(session, Survey, who.authority, reference)
    return figures(survey, sees_all=bool(who.roles & ASSURANCE_READERS))


@router.post(
    "/{reference}/withdraw",
    summary="Say that a survey was a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: SurveyReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> SurveyView:
    """It is kept with the reason; a PUT brings it back."""
    survey = await withdraw_survey(session, door, who.authority, reference, body, if_match)
    mark(response, survey.version)
    return SurveyView.model_validate(survey)
