"""The officer's decision on an answer, in the transaction of its request."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.actions import read_by
from services.escalation_api.escalations.climbing import put_at, stage_it_stands_at
from services.escalation_api.escalations.ending import must_be_nobody_who_answered
from services.escalation_api.escalations.ladders import ladder_of, stage_above, stage_named
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.recording import record
from services.escalation_api.escalations.responses import Response, ResponseVerb
from services.escalation_api.escalations.stages import Why
from services.escalation_api.escalations.transitions import Verb
from services.escalation_api.promises.actions import promise_all
from services.escalation_api.responses.queries import read_response
from services.escalation_api.responses.schemas import Deciding, Rejecting
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.refusals import Contradiction

OF_A_DECISION = {
    ResponseVerb.ACCEPT: Verb.ACCEPT_ANSWER,
    ResponseVerb.ACCEPT_PARTLY: Verb.ACCEPT_PARTLY,
    ResponseVerb.REJECT: Verb.REJECT,
}


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
    stage = await stage_it_stands_at(session, escalation)
    stage.decide(step.taken_at, accepted=True)
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
    stage = await stage_it_stands_at(session, escalation)
    stage.decide(rejected.taken_at, accepted=False)
    steps, ladder = [rejected], ladder_of(door, escalation)
    if body.stage is not None:  # one that does not exist is refused as that, also at the top
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
    response = await read_response(session, escalation, response_id, if_match)
    await must_be_nobody_who_answered(session, escalation, who)
    response.decide(verb, who.subject, door.clock.now(), because)
    return response
