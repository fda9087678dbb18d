"""Answering an escalation: a draft and its sending, each in the transaction of its request."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.actions import read_by
from services.escalation_api.escalations.climbing import stage_it_stands_at
from services.escalation_api.escalations.ladders import ladder_of, stage_named
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.parts import waiting_at
from services.escalation_api.escalations.recording import record
from services.escalation_api.escalations.responses import Response, ResponseVerb
from services.escalation_api.escalations.stages import EscalationStage
from services.escalation_api.escalations.transitions import Verb, next_state
from services.escalation_api.responses.queries import get_response, read_response
from services.escalation_api.responses.schemas import Drafting, ResponseBody
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.versions import check_version
from shared.refusals import Contradiction, Forbidden, TransitionRefused
from shared.timescales.london import london_date


async def draft(session: AsyncSession, door: Door, who: Principal, id: UUID, body: Drafting) -> Response:
    """Begin an answer at the stage where the escalation stands, and send it where that is asked.

    Raises NotFound, TransitionRefused where it is not open or an answer waits already, Forbidden for who may not send.
    """
    escalation = await read_by(session, who, id, None)
    next_state(escalation.standing, Verb.ANSWER)
    stage = await stage_it_stands_at(session, escalation)
    if await waiting_at(session, stage):
        raise TransitionRefused("An answer is being drafted already: it can be rewritten, sent or discarded.")
    response = Response(
        authority_id=who.authority,
        escalation_id=escalation.id,
        stage_id=stage.id,
        answer=body.answer,
        promises=_offered(door, body),
        drafted_by=who.subject,
        drafted_at=door.clock.now(),
    )
    session.add(response)
    await session.flush()
    if body.send:
        await _send(session, door, who, escalation, stage, response)
    return response


async def rewrite(
    session: AsyncSession,
    door: Door,
    who: Principal,
    id: UUID,
    response_id: UUID,
    if_match: str | None,
    body: ResponseBody,
) -> Response:
    """Let a draft say something else. Raises NotFound, VersionRequired, Stale, TransitionRefused once it is sent."""
    escalation = await read_by(session, who, id, None)
    response = await get_response(session, escalation, response_id)
    check_version(if_match, response.version)
    response.rewrite(body.answer, _offered(door, body))
    if who.subject != response.drafted_by:  # theirs too is the answer now, and not theirs to decide on
        now = door.clock.now()
        session.add(escalation.note(ResponseVerb.REWRITE, who.subject, now, about_id=response.id))
    return response


async def send(
    session: AsyncSession, door: Door, who: Principal, id: UUID, response_id: UUID, if_match: str | None
) -> Response:
    """Send a draft. Raises NotFound, Stale, TransitionRefused, Forbidden for who may not answer this stage."""
    escalation = await read_by(session, who, id, None)
    response = await read_response(session, escalation, response_id, if_match)
    await _send(session, door, who, escalation, await stage_it_stands_at(session, escalation), response)
    return response


async def discard(
    session: AsyncSession, who: Principal, id: UUID, response_id: UUID, if_match: str | None
) -> Response:
    """Give a draft up. Raises NotFound, Stale, TransitionRefused once it is sent."""
    escalation = await read_by(session, who, id, None)
    response = await read_response(session, escalation, response_id, if_match)
    response.discard()
    return response


async def _send(
    session: AsyncSession,
    door: Door,
    who: Principal,
    escalation: Escalation,
    stage: EscalationStage,
    response: Response,
) -> None:
    answering = stage_named(ladder_of(door, escalation), stage.stage)
    if not {str(role) for role in who.roles} & set(answering.roles):
        raise Forbidden(
            f"This stage is answered by another: {answering.responder}. A draft can be left for them."
        )
    response.send(who.subject, door.clock.now())
    step = escalation.step(Verb.ANSWER, who.subject, door.clock.now(), about_id=response.id)
    stage.answer(step.taken_at)
    await record(session, door, escalation, step)


def _offered(door: Door, body: ResponseBody) -> list[dict[str, Any]]:
    """What it offers, as it is stored. Raises Contradiction for a day that has gone by."""
    today = london_date(door.clock.now())
    for number, each in enumerate(body.promises):
        if each.due_on < today:
            raise Contradiction(
                "An action is promised for a day to come.", pointer=f"/promises/{number}/due_on"
            )
    return [each.model_dump(mode="json") for each in body.promises]
