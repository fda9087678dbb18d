"""Following what was promised, each step in the transaction of its request."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.days import day_told
from services.escalation_api.escalations.actions import read_by
from services.escalation_api.escalations.ending import must_be_nobody_who_answered
from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.promises import Promise, PromiseVerb
from services.escalation_api.escalations.recording import record
from services.escalation_api.escalations.responses import Response
from services.escalation_api.promises.queries import get_promise
from services.escalation_api.promises.schemas import Dropping, Keeping, Moving
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.versions import check_version_if_sent
from shared.refusals import Contradiction
from shared.timescales.london import london_date


def promise_all(
    session: AsyncSession, escalation: Escalation, response: Response, accepted: EscalationStep
) -> Iterator[EscalationStep]:
    """What an accepted answer offered is promised from now on; a step for each."""
    for offered in response.promises:
        promise = Promise(
            authority_id=escalation.authority_id,
            escalation_id=escalation.id,
            response_id=response.id,
            action=offered["action"],
            by_whom=offered["by_whom"],
            due_on=date.fromisoformat(offered["due_on"]),
            promised_at=accepted.taken_at,
        )
        session.add(promise)
        by, at = accepted.taken_by, accepted.taken_at
        yield escalation.note(PromiseVerb.PROMISE, by, at, about_id=promise.id, due_on=promise.due_on)


async def keep(
    session: AsyncSession,
    door: Door,
    who: Principal,
    id: UUID,
    promise_id: UUID,
    if_match: str | None,
    body: Keeping,
) -> Promise:
    """It was done, perhaps before it was promised. Raises NotFound, Stale, TransitionRefused, and Contradiction for a
    day to come."""
    escalation, promise = await _read(session, who, id, promise_id, if_match)
    now = door.clock.now()
    done_on = day_told(body.done_on, now, "/done_on")
    promise.keep(done_on, who.subject, body.evidence, body.plan_changed)
    step = escalation.note(PromiseVerb.KEEP, who.subject, now, body.evidence, promise.id, done_on)
    await record(session, door, escalation, step)
    return promise


async def move(
    session: AsyncSession,
    door: Door,
    who: Principal,
    id: UUID,
    promise_id: UUID,
    if_match: str | None,
    body: Moving,
) -> Promise:
    """It is promised for another day. Raises NotFound, Stale, TransitionRefused, Contradiction for a day gone by, and
    Forbidden for whoever answered."""
    escalation, promise = await _read(session, who, id, promise_id, if_match)
    await must_be_nobody_who_answered(session, escalation, who)
    now = door.clock.now()
    if body.due_on < london_date(now):
        raise Contradiction("An action is promised for a day to come.", pointer="/due_on")
    promise.move(body.due_on)
    step = escalation.note(PromiseVerb.MOVE, who.subject, now, body.reason, promise.id, body.due_on)
    await record(session, door, escalation, step)
    return promise


async def drop(
    session: AsyncSession,
    door: Door,
    who: Principal,
    id: UUID,
    promise_id: UUID,
    if_match: str | None,
    body: Dropping,
) -> Promise:
    """It is not needed any more. Raises NotFound, Stale, TransitionRefused, and Forbidden for whoever answered."""
    escalation, promise = await _read(session, who, id, promise_id, if_match)
    await must_be_nobody_who_answered(session, escalation, who)
    now = door.clock.now()
    promise.drop(london_date(now), who.subject, body.reason)
    step = escalation.note(PromiseVerb.DROP, who.subject, now, body.reason, promise.id)
    await record(session, door, escalation, step)
    return promise


async def _read(
    session: AsyncSession, who: Principal, id: UUID, promise_id: UUID, if_match: str | None
) -> tuple[Escalation, Promise]:
    escalation = await read_by(session, who, id, None)
    promise = await get_promise(session, escalation, promise_id)
    check_version_if_sent(if_match, promise.version)
    return escalation, promise
