"""The routes by which an escalation climbs its ladder, ends, and comes back."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.escalation_api.escalations import actions
from services.escalation_api.escalations.answering import answer
from services.escalation_api.escalations.schemas import Advance, Reason, Resolution
from services.escalation_api.escalations.transitions import Verb
from services.escalation_api.escalations.views import EscalationView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP
from shared.http.versions import IfMatch

router = APIRouter(prefix="/v1/escalations", tags=["escalations"], route_class=TransactionalRoute)


@router.post("/{id}/advance", summary="Take an escalation up the ladder", responses=ON_A_STEP)
async def advance_escalation(
    id: UUID,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Advance | None = None,
    if_match: IfMatch = None,
) -> EscalationView:
    """To the next stage, or past others with a reason. An informal one goes formal at any time, answered or not; a
    formal stage is left once its answer was rejected or its time has run out unanswered, and before with a reason."""
    done = await actions.advance(session, door, who, id, if_match, body or Advance())
    return await answer(session, door, response, done)


@router.post("/{id}/ask_again", summary="Ask again at the same stage", responses=ON_A_STEP)
async def ask_again(
    id: UUID,
    body: Reason,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """Where the last answer was rejected at the top of the ladder: the stage's clock starts anew; that of the whole
    formal process does not."""
    done = await actions.again(session, door, who, id, if_match, Verb.ASK_AGAIN, body.reason)
    return await answer(session, door, response, done)


@router.post("/{id}/resolve", summary="Resolve an escalation", responses=ON_A_STEP)
async def resolve_escalation(
    id: UUID,
    body: Resolution,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """Close it, saying how the concern was put right, in whole or in part, and whether that changed the child's plan.
    An answer that waits is decided on first, and what was promised is done, moved or dropped."""
    done = await actions.resolve(session, door, who, id, if_match, body)
    return await answer(session, door, response, done)


@router.post("/{id}/withdraw", summary="Withdraw an escalation", responses=ON_A_STEP)
async def withdraw_escalation(
    id: UUID,
    body: Reason,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """The officer no longer stands by it."""
    done = await actions.let_go(session, door, who, id, if_match, Verb.WITHDRAW, body.reason)
    return await answer(session, door, response, done)


@router.post("/{id}/supersede", summary="Note that an escalation is superseded", responses=ON_A_STEP)
async def supersede_escalation(
    id: UUID,
    body: Reason,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """Its ground is gone: the child has left care, or the plan has ended."""
    done = await actions.let_go(session, door, who, id, if_match, Verb.SUPERSEDE, body.reason)
    return await answer(session, door, response, done)


@router.post("/{id}/reopen", summary="Reopen an escalation", responses=ON_A_STEP)
async def reopen_escalation(
    id: UUID,
    body: Reason,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """It was not at an end after all. The stage's clock starts anew; that of the whole formal process runs on from
    where it began."""
    done = await actions.again(session, door, who, id, if_match, Verb.REOPEN, body.reason)
    return await answer(session, door, response, done)


@router.post("/{id}/retract", summary="Take praise back", responses=ON_A_STEP)
async def retract_good_practice(
    id: UUID,
    body: Reason,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> EscalationView:
    """Good practice that was recorded in error."""
    done = await actions.retract(session, door, who, id, if_match, body.reason)
    return await answer(session, door, response, done)
