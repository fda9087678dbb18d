"""What is due next and what is overdue, over all children, an officer's, or a team's."""

from fastapi import APIRouter, Request, Response

from services.reviews_api.access import ESCALATION_READERS
from services.reviews_api.due.lines import place_of, written
from services.reviews_api.due.queries import Question, stretch
from services.reviews_api.due.schemas import (
    After,
    Days,
    DueList,
    OfBasis,
    OfOfficer,
    OfTeam,
    OfTimescale,
    Overdue,
)
from services.reviews_api.naming import names
from shared.http.json_text import answer
from shared.http.pages import Limit
from shared.http.places import address_after
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/due", tags=["due"], route_class=TransactionalRoute)


@router.get(
    "",
    summary="List what is due and what is overdue",
    response_model=DueList,
    responses=problem_responses(422),
)
async def list_due(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    days: Days = 7,
    overdue: Overdue = None,
    officer: OfOfficer = None,
    team: OfTeam = None,
    timescale: OfTimescale = None,
    basis: OfBasis = None,
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """Every promise still open to a child that is overdue or falls due in the next days, the earliest first, with the
    officer now responsible and the reason for its date. Marks to notice, and dates whose silence agrees, are not
    overdue once they have gone by, and leave the list. The clocks of an escalation about siblings stand with the first
    of them, and business support does not see any. `next` is the address of what follows."""
    alerts = bool(who.roles & ESCALATION_READERS)
    asked = Question(days, overdue, officer, team, timescale, basis, alerts, after, limit)
    now = door.clock.now()
    rows = await stretch(session, door, who.authority, asked, now)
    follows = address_after(request, place_of(rows[limit - 1])) if len(rows) > limit else None
    return answer(written(rows[:limit], names(door.law.catalogue), now, follows))
