"""What was promised in an escalation, followed to its end."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.escalation_api.escalations import queries as escalations
from services.escalation_api.escalations.parts import promises_of
from services.escalation_api.escalations.promises import Promise
from services.escalation_api.promises import actions
from services.escalation_api.promises.schemas import Dropping, Keeping, Moving, PromiseList, PromiseView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/escalations/{id}/promises", tags=["promises"], route_class=TransactionalRoute)


@router.get("", summary="List what was promised")
async def list_promises(id: UUID, session: Session, who: Caller) -> PromiseList:
    """The actions of every answer that the officer accepted, with what became of each."""
    escalation = await escalations.get(session, who.authority, id)
    found = await promises_of(session, escalation)
    return PromiseList(items=[PromiseView.model_validate(each) for each in found])


@router.post("/{promise_id}/keep", summary="Record that a promise was kept", responses=ON_A_STEP)
async def keep_promise(
    id: UUID,
    promise_id: UUID,
    body: Keeping,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> PromiseView:
    """The action was done: when, what shows it, and whether it changed the child's plan."""
    return _shown(response, await actions.keep(session, door, who, id, promise_id, if_match, body))


@router.post("/{promise_id}/move", summary="Agree another day for a promise", responses=ON_A_STEP)
async def move_promise(
    id: UUID,
    promise_id: UUID,
    body: Moving,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> PromiseView:
    """The officer agrees to another day. The first one stays on record."""
    return _shown(response, await actions.move(session, door, who, id, promise_id, if_match, body))


@router.post("/{promise_id}/drop", summary="Drop a promise", responses=ON_A_STEP)
async def drop_promise(
    id: UUID,
    promise_id: UUID,
    body: Dropping,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> PromiseView:
    """The officer no longer asks for it."""
    return _shown(response, await actions.drop(session, door, who, id, promise_id, if_match, body))


def _shown(response: Response, promise: Promise) -> PromiseView:
    mark(response, promise.version)
    return PromiseView.model_validate(promise)
