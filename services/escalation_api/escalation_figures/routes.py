"""Escalations in figures: what managers look at."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from services.escalation_api.escalation_figures.asking import Asking, AskingNow
from services.escalation_api.escalation_figures.open_views import OpenFigures
from services.escalation_api.escalation_figures.outcome_views import OutcomeFigures
from services.escalation_api.escalation_figures.outcomes import outcome_figures
from services.escalation_api.escalation_figures.raised import raised_figures
from services.escalation_api.escalation_figures.raised_views import RaisedFigures
from services.escalation_api.escalation_figures.response_times import response_times
from services.escalation_api.escalation_figures.response_views import ResponseTimes
from services.escalation_api.escalation_figures.still_open import open_figures
from services.escalation_api.escalation_figures.theme_views import ThemeFigures
from services.escalation_api.escalation_figures.themes import theme_figures
from shared.http.fields import Reference
from shared.http.routes import Caller, Session, TransactionalRoute

router = APIRouter(
    prefix="/v1/escalation_figures", tags=["escalation_figures"], route_class=TransactionalRoute
)


@router.get("/raised", summary="What was raised in a period")
async def raised(session: Session, asked: Asking) -> RaisedFigures:
    """Informal resolutions and practice alerts by team, theme, stage reached, severity and part; good practice; what
    was suggested. Counts alone, each alert once and once for each of its children.

    These are figures for those who run the service: small numbers are not kept back.
    """
    return await raised_figures(session, asked)


@router.get("/open", summary="What is open now")
async def still_open(session: Session, asked: AskingNow) -> OpenFigures:
    """What is open now by stage, team, theme, age, responder and state: how much of it is overdue, and how much has run
    past the Handbook's 20 working days. Counts alone; small numbers are not kept back."""
    return await open_figures(session, asked)


@router.get("/response_times", summary="How soon managers answer")
async def times(session: Session, asked: Asking) -> ResponseTimes:
    """How often each stage was asked in the period, how often it answered in time, late or not at all, and after how
    many working days; for each team too. Counts alone; small numbers are not kept back."""
    return await response_times(session, asked)


@router.get("/outcomes", summary="What came of alerts")
async def outcomes(session: Session, asked: Asking) -> OutcomeFigures:
    """How alerts ended, whether they changed the child's plan, how long it took from alert to action, and what became
    of what was promised. Counts alone; small numbers are not kept back."""
    return await outcome_figures(session, asked)


@router.get("/themes", summary="What alerts are about, month by month")
async def themes(
    session: Session,
    who: Caller,
    asked: Asking,
    by: Annotated[
        Literal["month"], Query(description="The London month in which they were raised.")
    ] = "month",
    team: Annotated[Reference | None, Query(description="Your reference of a team.")] = None,
) -> ThemeFigures:
    """Each theme in each team, month by month, and which of them recur in one team. Counts alone; small numbers are not
    kept back."""
    return await theme_figures(session, asked, who.authority, team)
