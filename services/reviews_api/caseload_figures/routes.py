"""Caseload figures: how many children each officer and each team has, now and over time."""

from fastapi import APIRouter

from services.reviews_api.allocations.models import AllocationRole
from services.reviews_api.caseload_figures import queries
from services.reviews_api.caseload_figures.schemas import (
    AsAt,
    CaseloadFigures,
    FromMonth,
    MonthlyFigures,
    OfRole,
    OfTeam,
    ToMonth,
)
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/caseload_figures", tags=["caseload_figures"], route_class=TransactionalRoute)


@router.get("", summary="Caseloads in figures", responses=problem_responses(422))
async def get(
    session: Session,
    who: Caller,
    door: AtDoor,
    as_at: AsAt = None,
    team: OfTeam = None,
    role: OfRole = AllocationRole.IRO,
) -> CaseloadFigures:
    """Children to each officer and team, and to a full-time officer, against the Handbook's 50 to 70; officers in
    post without children are listed too."""
    return await queries.figures(session, door, who.authority, role, team, as_at)


@router.get("/months", summary="Caseloads month by month", responses=problem_responses(422))
async def months(
    session: Session,
    who: Caller,
    door: AtDoor,
    first: FromMonth,
    last: ToMonth,
    team: OfTeam = None,
    role: OfRole = AllocationRole.IRO,
) -> MonthlyFigures:
    """The same at the end of each month, worked out from the allocations as they are known today."""
    ends = queries.month_ends(door, first, last)
    return await queries.monthly(session, door, who.authority, role, team, ends)
