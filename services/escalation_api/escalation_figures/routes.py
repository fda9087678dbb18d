"""Escalations in figures: what managers look at."""

from fastapi import APIRouter

from services.escalation_api.escalation_figures.asking import Asking
from services.escalation_api.escalation_figures.raised import raised_figures
from services.escalation_api.escalation_figures.raised_views import RaisedFigures
from shared.http.routes import Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(
    prefix="/v1/escalation_figures", tags=["escalation_figures"], route_class=TransactionalRoute
)


@router.get("/raised", summary="What was raised in a period", responses=problem_responses(422))
async def raised(session: Session, asked: Asking) -> RaisedFigures:
    """Informal resolutions and practice alerts by team, theme, stage reached, severity and part; good practice; what
    was suggested. Counts alone, each alert once and once for each of its children.

    These are figures for those who run the service: small numbers are not kept back.
    """
    return await raised_figures(session, asked)
