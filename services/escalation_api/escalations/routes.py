"""The routes of escalations: reading them, raising them, and what decides a suggestion."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.escalation_api.children import child_id
from services.escalation_api.escalations import actions, queries
from services.escalation_api.escalations.answering import answer
from services.escalation_api.escalations.concern import Kind
from services.escalation_api.escalations.schemas import Acceptance, Dismissal, Raising
from services.escalation_api.escalations.transitions import State
from services.escalation_api.escalations.views import EscalationList, EscalationView
from shared.http.fields import Code, Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP, problem_responses
from shared.http.versions import IfMatch

router = APIRouter(prefix="/v1/escalations", tags=["escalations"], route_class=TransactionalRoute)

ON_RAISING = problem_responses(404, 409)


@router.post("", status_code=201, summary="Raise a concern, or record good practice", responses=ON_RAISING)
async def raise_escalation(
    body: Raising, session: Session, who: Caller, door: AtDoor, response: Response
) -> EscalationView:
    """Raise a concern about a child, about siblings (one alert), or about a team and no child. It begins at the foot of
    the council's ladder, informally where that has an informal stage, or with a reason at a formal stage. Good
    practice is recorded in the same form, and has no clock.

    Send an Idempotency-Key: a retry with the same key gets the same answer and raises nothing twice.
    """
    escalation = await actions.raise_escalation(session, door, who, body)
    response.headers["Location"] = f"/v1/escalations/{escalation.id}"
    return await answer(session, door, response, escalation)


@router.get("", summary="List escalations", responses=problem_responses(404))
async def list_escalations(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    state: State | None = None,
    child: Reference | None = None,
    kind: Kind | None = None,
    stage: Code | None = None,
    team: Reference | None = None,
    theme: Code | None = None,
    raised_by: Annotated[
        str | None, Query(max_length=200, pattern=r"^[^\x00-\x1f]+$", description="The officer's subject.")
    ] = None,
    after: After = None,
    limit: Limit = 50,
) -> EscalationList:
    """Escalations and suggestions in the order in which they were made, narrowed by what is asked; those of siblings
    are found by each child.

    `next` is the address of what follows. A suggestion (`state=suggested`) waits for a person: it is not raised.
    """
    about = await child_id(session, who.authority, child) if child else None
    asked = queries.Asked(state, about, kind, stage, team, theme, raised_by, after, limit + 1)
    found = await queries.stretch(session, door, who.authority, asked)
    return EscalationList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/{id}", summary="Read an escalation")
async def read_escalation(
    id: UUID, session: Session, who: Caller, door: AtDoor, response: Response
) -> EscalationView:
    """One escalation with every step it has taken, every stage it has stood at, and what can be done with it now."""
    return await answer(session, door, response, await queries.get(session, who.authority, id))


@router.post("/{id}/accept", summary="Accept a suggestion", responses=ON_A_STEP)
async def accept_suggestion(
    id: UUID,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Acceptance | None = None,
    if_match: IfMatch = None,
) -> EscalationView:
    """Take a suggestion up, with or without words of your own. From then on it is raised."""
    concern = body.concern if body else None
    accepted = await actions.accept(session, door, who, id, if_match, concern)
    return await answer(session, door, response, accepted)


@router.post("/{id}/dismiss", summary="Dismiss a suggestion", responses=ON_A_STEP)
async def dismiss_suggestion(
    id: UUID,
    body: Dismissal,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """Decide, with a reason, that a suggestion is not to be raised."""
    dismissed = await actions.dismiss(session, door, who, id, if_match, body.reason)
    return await answer(session, door, response, dismissed)
