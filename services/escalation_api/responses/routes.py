"""Answers to an escalation, and what the officer decides on them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from services.escalation_api.escalations import queries as escalations
from services.escalation_api.escalations import responses as stored
from services.escalation_api.escalations.parts import responses_of
from services.escalation_api.escalations.responses import ResponseVerb
from services.escalation_api.responses import actions, deciding
from services.escalation_api.responses.schemas import (
    Deciding,
    Drafting,
    Rejecting,
    ResponseBody,
    ResponseList,
    ResponseView,
)
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import ON_A_STEP, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(
    prefix="/v1/escalations/{id}/responses", tags=["responses"], route_class=TransactionalRoute
)
Which = Annotated[UUID, Path(description="The answer's id.")]


@router.get("", summary="List the answers")
async def list_responses(id: UUID, session: Session, who: Caller) -> ResponseList:
    """Every answer, also drafts, with what was decided on each."""
    escalation = await escalations.get(session, who.authority, id)
    found = await responses_of(session, escalation)
    return ResponseList(items=[ResponseView.model_validate(each) for each in found])


@router.post(
    "",
    status_code=201,
    summary="Answer an escalation",
    responses=problem_responses(409),
)
async def draft_response(
    id: UUID, body: Drafting, session: Session, who: Caller, door: AtDoor, response: Response
) -> ResponseView:
    """Draft an answer at the stage where the escalation stands, with the actions it promises; `send` it at once, or
    later. Only those whom the stage names may send; a social worker may draft."""
    drafted = await actions.draft(session, door, who, id, body)
    response.headers["Location"] = f"/v1/escalations/{id}/responses"
    return _shown(response, drafted)


@router.put(
    "/{response_id}",
    summary="Rewrite a draft",
    responses=problem_responses(409, 412, 428),
)
async def rewrite_response(
    id: UUID,
    response_id: Which,
    body: ResponseBody,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ResponseView:
    """A draft can be changed until it is sent; then its words stand."""
    rewritten = await actions.rewrite(session, door, who, id, response_id, if_match, body)
    await session.flush()
    return _shown(response, rewritten)


@router.post("/{response_id}/send", summary="Send an answer", responses=ON_A_STEP)
async def send_response(
    id: UUID,
    response_id: Which,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ResponseView:
    """It meets the stage's clock, and starts that of the officer's decision."""
    return _shown(response, await actions.send(session, door, who, id, response_id, if_match))


@router.post("/{response_id}/discard", summary="Discard a draft", responses=ON_A_STEP)
async def discard_response(
    id: UUID,
    response_id: Which,
    session: Session,
    who: Caller,
    response: Response,
    if_match: IfMatch = None,
) -> ResponseView:
    """It is kept, and not sent; another can be drafted."""
    return _shown(response, await actions.discard(session, who, id, response_id, if_match))


@router.post("/{response_id}/accept", summary="Accept an answer", responses=ON_A_STEP)
async def accept_response(
    id: UUID,
    response_id: Which,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    body: Deciding | None = None,
    if_match: IfMatch = None,
) -> ResponseView:
    """The officer accepts it in full: the formal process is at its end, and what was promised is followed."""
    done = await deciding.accept(
        session, door, who, id, response_id, if_match, ResponseVerb.ACCEPT, body or Deciding()
    )
    return _shown(response, done)


@router.post("/{response_id}/accept_partly", summary="Accept an answer in part", responses=ON_A_STEP)
async def accept_response_partly(
    id: UUID,
    response_id: Which,
    body: Deciding,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ResponseView:
    """What was promised is followed; what is still wanting can go up, and the clock of the whole process runs on."""
    verb = ResponseVerb.ACCEPT_PARTLY
    return _shown(response, await deciding.accept(session, door, who, id, response_id, if_match, verb, body))


@router.post("/{response_id}/reject", summary="Reject an answer", responses=ON_A_STEP)
async def reject_response(
    id: UUID,
    response_id: Which,
    body: Rejecting,
    session: Session,
    who: Caller,
    door: AtDoor,
    response: Response,
    if_match: IfMatch = None,
) -> ResponseView:
    """The matter goes up to the next stage, or past others; at the top of the ladder it can be asked again."""
    return _shown(response, await deciding.reject(session, door, who, id, response_id, if_match, body))


def _shown(response: Response, answer: stored.Response) -> ResponseView:
    mark(response, answer.version)
    return ResponseView.model_validate(answer)
