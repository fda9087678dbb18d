"""The routes of escalations."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.children import child_id
from services.escalation_api.escalations import actions, queries
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.schemas import (
    Acceptance,
    Dismissal,
    EscalationList,
    EscalationView,
    Raising,
    Resolution,
)
from services.escalation_api.escalations.transitions import State
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1", tags=["escalations"], route_class=TransactionalRoute)

ON_RAISING = problem_responses(404, 413, 415, 422)
ON_A_STEP = problem_responses(404, 409, 412, 413, 415, 422)


@router.post("/escalations", status_code=201, summary="Raise an informal resolution", responses=ON_RAISING)
async def raise_informal_resolution(
    body: Raising, session: Session, who: Caller, door: AtDoor, response: Response
) -> EscalationView:
    """Record a concern about one child that an officer takes up with those responsible, informally first.

    Send an Idempotency-Key: a retry with the same key gets the same answer and raises nothing twice.
    """
    escalation = await actions.raise_informal_resolution(session, who, body, door.clock.now())
    response.headers["Location"] = f"/v1/escalations/{escalation.id}"
    return await _answer(session, response, escalation)


@router.get("/escalations", summary="List escalations", responses=problem_responses(404, 422))
async def list_escalations(
    request: Request,
    session: Session,
    who: Caller,
    state: State | None = None,
    child: Reference | None = None,
    after: After = None,
    limit: Limit = 50,
) -> EscalationList:
    """Escalations and suggestions in the order in which they were made, by state and by child.

    `next` is the address of what follows. A suggestion (`state=suggested`) waits for a person: it is not raised.
    """
    about = await child_id(session, who.authority, child) if child else None
    found = await queries.stretch(session, who.authority, state, about, after, limit + 1)
    return EscalationList(items=found[:limit], next=next_address(request, found, limit))


@router.get("/escalations/{id}", summary="Read an escalation", responses=problem_responses(404, 422))
async def read_escalation(id: UUID, session: Session, who: Caller, response: Response) -> EscalationView:
    """One escalation with every step it has taken, and what can be done with it now."""
    return await _answer(session, response, await queries.get(session, who.authority, id))


@router.post("/escalations/{id}/accept", summary="Accept a suggestion", responses=ON_A_STEP)
async def accept_suggestion(
    id: UUID,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Acceptance | None = None,
    if_match: IfMatch = None,
) -> EscalationView:
    """Take a suggested informal resolution up, with or without words of your own. From then on it is raised."""
    concern = body.concern if body else None
    return await _answer(
        session, response, await actions.accept(session, who, id, if_match, concern, door.clock.now())
    )


@router.post("/escalations/{id}/dismiss", summary="Dismiss a suggestion", responses=ON_A_STEP)
async def dismiss_suggestion(
    id: UUID,
    body: Dismissal,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """Decide, with a reason, that a suggested informal resolution is not to be raised."""
    return await _answer(
        session, response, await actions.dismiss(session, who, id, if_match, body.reason, door.clock.now())
    )


@router.post("/escalations/{id}/resolve", summary="Resolve an escalation", responses=ON_A_STEP)
async def resolve_escalation(
    id: UUID,
    body: Resolution,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """Close an open escalation, saying how the concern was put right."""
    return await _answer(
        session, response, await actions.resolve(session, who, id, if_match, body.outcome, door.clock.now())
    )


async def _answer(session: AsyncSession, response: Response, escalation: Escalation) -> EscalationView:
    mark(response, escalation.version)
    return await queries.view(session, escalation)
