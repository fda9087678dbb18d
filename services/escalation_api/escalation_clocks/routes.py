"""The running clocks of escalations: who is about to run out of their time."""

from fastapi import APIRouter, Request

from services.escalation_api.escalation_clocks.queries import Question, stretch
from services.escalation_api.escalation_clocks.schemas import (
    After,
    ClockList,
    OfOfficer,
    OfTeam,
    Only,
    RunningOut,
)
from shared.http.pages import Limit
from shared.http.places import address_after
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute

router = APIRouter(prefix="/v1/escalation_clocks", tags=["escalation_clocks"], route_class=TransactionalRoute)


@router.get("", summary="List the clocks of open escalations")
async def list_clocks(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    running_out: RunningOut = None,
    team: OfTeam = None,
    officer: OfOfficer = None,
    only: Only = None,
    after: After = None,
    limit: Limit = 50,
) -> ClockList:
    """Every clock that runs for an escalation, about a child, siblings or a team alone, the earliest first; what is
    overdue stays in the list until it is done. `next` is the address of what follows."""
    now = door.clock.now()
    asked = Question(running_out, team, officer, only, after, limit)
    lines, place = await stretch(session, door, who.authority, asked, now)
    return ClockList(as_at=now, items=lines, next=address_after(request, place) if place else None)
