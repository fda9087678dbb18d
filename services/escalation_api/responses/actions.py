"""Answering an escalation: a draft, its sending, and the officer's decision, each in the transaction of its request."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.actions import read_by
from services.escalation_api.escalations.climbing import current_stage, put_at
from services.escalation_api.escalations.ending import must_be_nobody_who_answered
from services.escalation_api.escalations.ladders import ladder_of, stage_above, stage_named
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.recording import record
from services.escalation_api.escalations.responses import Response, ResponseState, ResponseVerb
from services.escalation_api.escalations.stages import EscalationStage, Why
from services.escalation_api.escalations.transitions import Verb, next_state
from services.escalation_api.promises.actions import promise_all
from services.escalation_api.responses.queries import get_response
from services.escalation_api.responses.schemas import Deciding, Drafting, Rejecting, ResponseBody
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.versions import check_version, check_version_if_sent
from shared.refusals import Contradiction, Forbidden, TransitionRefused
from shared.timescales.london import london_date

OF_A_DECISION = {
    ResponseVerb.ACCEPT: Verb.ACCEPT_ANSWER,
    ResponseVerb.ACCEPT_PARTLY: Verb.ACCEPT_PARTLY,
    ResponseVerb.REJECT: Verb.REJECT,
}


async def draft(session: AsyncSession, door: Door, who: Principal, id: UUID, body: Drafting) -> Response:
    """Begin an answer at the stage where the escalation stands, and send it where that is asked.

    Raises NotFound, TransitionRefused where it is not open or an answer waits already, Forbidden for who may not send.
    """
    escalation = await read_by(session, who, id, None)
    next_state(escalation.standing, Verb.ANSWER)
    stage = await _stage(session, escalation)
    waiting = exists().where(
        Response.authority_id == who.authority,
        Response.stage_id == stage.id,
        Response.state.in_((ResponseState.DRAFT, ResponseState.SENT)),
    )
    if await session.scalar(select(waiting)):
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
    return response


async def send(
    session: AsyncSession, door: Door, who: Principal, id: UUID, response_id: UUID, if_match: str | None
) -> Response:
    """Send a draft. Raises NotFound, Stale, TransitionRefused, Forbidden for who may not answer this stage."""
    escalation = await read_by(session, who, id, None)
    response = await _read(session, escalation, response_id, if_match)
    await _send(session, door, who, escalation, await _stage(session, escalation), response)
    return response


async def discard(
    session: AsyncSession, who: Principal, id: UUID, response_id: UUID, if_match: str | None
) -> Response:
    """Give a draft up. Raises NotFound, Stale, TransitionRefused once it is sent."""
    escalation = await read_by(session, who, id, None)
    response = await _read(session, escalation, response_id, if_match)
    response.discard()
    return response


async def accept(
    session: AsyncSession,
    door: Door,
    who: Principal,
    id: UUID,
    response_id: UUID,
    if_match: str | None,
    verb: ResponseVerb,
    body: Deciding,
) -> Response:
    """The officer accepts an answer, in full or in part: what it promises is followed from now on.

    Raises NotFound, Stale, TransitionRefused, and Forbidden for whoever wrote it.
    """
    if verb is ResponseVerb.ACCEPT_PARTLY and body.because is None:
        raise Contradiction("Say what is still wanting.", code="reason_needed", pointer="/because")
    escalation = await read_by(session, who, id, None)
    response = await _decide(session, door, who, escalation, response_id, if_match, verb, body.because)
    step = escalation.step(
        OF_A_DECISION[verb], who.subject, door.clock.now(), body.because, about_id=response.id
    )
    stage = await _stage(session, escalation)
    stage.decided_at = stage.accepted_at = step.taken_at
    if verb is ResponseVerb.ACCEPT:
        escalation.settle(step.taken_at)
    promised = promise_all(session, escalation, response, step)
    await record(session, door, escalation, step, *promised)
    return response


async def reject(
    session: AsyncSession,
    door: Door,
    who: Principal,
    id: UUID,
    response_id: UUID,
    if_match: str | None,
    body: Rejecting,
) -> Response:
    """The officer rejects an answer, and the matter goes up; at the top of the ladder it stays, and can be asked again.

    Raises NotFound, Stale, TransitionRefused, Contradiction for a stage that will not do, and Forbidden for whoever
    wrote it.
    """
    escalation = await read_by(session, who, id, None)
    verb = ResponseVerb.REJECT
    response = await _decide(session, door, who, escalation, response_id, if_match, verb, body.because)
    rejected = escalation.step(Verb.REJECT, who.subject, door.clock.now(), body.because, about_id=response.id)
    stage = await _stage(session, escalation)
    stage.decided_at = rejected.taken_at
    steps, ladder = [rejected], ladder_of(door, escalation)
    if body.stage is not None:
        stage_named(ladder, body.stage)
    if body.stage is not None or ladder.after(escalation.stage or "") is not None:
        above = stage_above(ladder, escalation, body.stage, body.because)
        steps.append(escalation.step(Verb.ADVANCE, who.subject, door.clock.now(), body.because))
        await session.flush()
        await put_at(session, escalation, ladder, above, Why.REJECTED, steps[-1])
    await record(session, door, escalation, *steps)
    return response


async def _decide(
    session: AsyncSession,
    door: Door,
    who: Principal,
    escalation: Escalation,
    response_id: UUID,
    if_match: str | None,
    verb: ResponseVerb,
    because: str | None,
) -> Response:
    response = await _read(session, escalation, response_id, if_match)
    await must_be_nobody_who_answered(session, escalation, who)
    response.decide(verb, who.subject, door.clock.now(), because)
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
    stage.answered_at = stage.answered_at or step.taken_at
    await record(session, door, escalation, step)


async def _read(
    session: AsyncSession, escalation: Escalation, response_id: UUID, if_match: str | None
) -> Response:
    response = await get_response(session, escalation, response_id)
    check_version_if_sent(if_match, response.version)
    return response


async def _stage(session: AsyncSession, escalation: Escalation) -> EscalationStage:
    stage = await current_stage(session, escalation)
    if stage is None:
        raise TransitionRefused("This escalation stands at no stage yet: try again shortly.", code="no_stage")
    return stage


def _offered(door: Door, body: ResponseBody) -> list[dict[str, Any]]:
    """What it offers, as it is stored. Raises Contradiction for a day that has gone by."""
    today = london_date(door.clock.now())
    for number, each in enumerate(body.promises):
        if each.due_on < today:
            raise Contradiction(
                "An action is promised for a day to come.", pointer=f"/promises/{number}/due_on"
            )
    return [each.model_dump(mode="json") for each in body.promises]
