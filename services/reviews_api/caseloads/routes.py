"""An officer's day in one call."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.reviews_api.caseloads.queries import caseload
from services.reviews_api.caseloads.schemas import CaseloadView
from shared.http.fields import Reference
from shared.http.json_text import answer
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/caseloads", tags=["caseloads"], route_class=TransactionalRoute)
Officer = Annotated[Reference, Path(description="Your reference of the officer.")]


@router.get(
    "/{officer}",
    summary="An officer's children, by urgency",
    response_model=CaseloadView,
    responses=problem_responses(422),
)
async def get(officer: Officer, session: Session, who: Caller, door: AtDoor) -> Response:
    """Every child the officer is responsible for now, the most urgent first, with the reason for each date."""
    return answer(await caseload(session, door, who.authority, officer))
