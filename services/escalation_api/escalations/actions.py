"""What people do with escalations, each in the transaction of its request."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations import queries
from services.escalation_api.escalations.climbing import current_stage, leave_stage, put_at
from services.escalation_api.escalations.concern import Concern, Kind, RaisedAs
from services.escalation_api.escalations.ending import (
    drop_promises,
    must_be_nobody_who_answered,
    must_owe_nothing,
)
from services.escalation_api.escalations.ladders import (
    first_stage,
    foot,
    ladder_for,
    ladder_of,
    stage_above,
    where_it_stood,
)
from services.escalation_api.escalations.models import Escalation, EscalationChild
from services.escalation_api.escalations.recording import record
from services.escalation_api.escalations.schemas import Advance, Raising, Resolution
from services.escalation_api.escalations.silence import was_left_unanswered
from services.escalation_api.escalations.stages import Why
from services.escalation_api.escalations.subject import Subject, arising_from, subject_of
from services.escalation_api.escalations.transitions import State, Verb
from services.escalation_api.themes.queries import must_be_known
from shared.auth.principal import Principal, Role
from shared.http.door import Door
from shared.http.versions import check_version_if_sent
from shared.refusals import Contradiction, Forbidden
from shared.timescales.london import london_date


async def raise_escalation(session: AsyncSession, door: Door, who: Principal, body: Raising) -> Escalation:
    """Raise a concern and put it on the ladder, or record good practice.

    Raises NotFound for a child, record or stage that is not there, Contradiction where the body cannot be meant.
    """
    now = door.clock.now()
    await must_be_known(session, who.authority, body.theme)
    if body.needed_on is not None and body.needed_on < london_date(now):
        raise Contradiction("The day by which the child needs it has gone by.", pointer="/needed_on")
    about = await subject_of(session, who.authority, body)
    concern = await _concern(session, who, body, about)
    child = about.children[0] if about.children else None
    make = Escalation.praise if body.kind is Kind.GOOD_PRACTICE else Escalation.raised
    escalation, step = make(who.authority, child, concern, who.subject, now)
    if body.kind is not Kind.GOOD_PRACTICE:
        ladder = ladder_for(door, concern.raised_as, now)
        stage = first_stage(ladder, body.kind, body.stage, body.because)
        step.reason = body.because
        session.add(escalation)
        await session.flush()
        await put_at(session, escalation, ladder, stage, Why.RAISED, step)
    session.add_all([escalation, *_children(escalation, about)])
    return await record(session, door, escalation, step)


async def accept(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, concern: str | None
) -> Escalation:
    """Take a suggestion up. Raises NotFound, Stale, TransitionRefused."""
    escalation = await read_by(session, who, id, if_match)
    raised_as = _part(who, None)
    step = escalation.accept(who.subject, door.clock.now(), raised_as, concern)
    ladder = ladder_for(door, raised_as, step.taken_at)
    await put_at(session, escalation, ladder, foot(ladder, escalation.kind), Why.RAISED, step)
    return await record(session, door, escalation, step)


async def dismiss(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, reason: str
) -> Escalation:
    """Decide against a suggestion. Raises NotFound, Stale, TransitionRefused."""
    escalation = await read_by(session, who, id, if_match)
    step = escalation.dismiss(who.subject, door.clock.now(), reason)
    return await record(session, door, escalation, step)


async def advance(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Advance
) -> Escalation:
    """Take it up the ladder. Raises NotFound, Stale, TransitionRefused, and Contradiction for a stage that will not do
    or one that is left early without a reason."""
    escalation = await read_by(session, who, id, if_match)
    early = body.because is None and await _is_early(session, door, escalation)
    step = escalation.step(Verb.ADVANCE, who.subject, door.clock.now(), body.because)
    ladder = ladder_of(door, escalation)
    stage = stage_above(ladder, escalation, body.stage, body.because)
    if early:
        raise Contradiction(
            "A formal stage is left when its answer is rejected, or its time has run out unanswered: say why before.",
            code="reason_needed",
            pointer="/because",
        )
    await put_at(session, escalation, ladder, stage, Why.ADVANCED, step)
    return await record(session, door, escalation, step)


async def _is_early(session: AsyncSession, door: Door, escalation: Escalation) -> bool:
    visit = await current_stage(session, escalation)
    if visit is None or not visit.formal or escalation.state == State.REJECTED:
        return False
    ladder = ladder_of(door, escalation)
    return not await was_left_unanswered(session, ladder, visit, door.clock.now())


async def again(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, verb: Verb, reason: str
) -> Escalation:
    """Ask again at the stage where its last answer was rejected, or reopen it at the stage where it was closed.

    Raises NotFound, Stale, TransitionRefused.
    """
    escalation = await read_by(session, who, id, if_match)
    now = door.clock.now()
    if verb is Verb.REOPEN:
        step, why = escalation.reopen(who.subject, now, reason), Why.REOPENED
    else:
        step, why = escalation.step(verb, who.subject, now, reason), Why.ASKED_AGAIN
    ladder, stage = where_it_stood(door, escalation, now)
    await put_at(session, escalation, ladder, stage, why, step)
    return await record(session, door, escalation, step)


async def resolve(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Resolution
) -> Escalation:
    """Close a concern that was put right, in whole or in part, once nothing that was promised is outstanding.

    Raises NotFound, Stale, TransitionRefused, and Forbidden for whoever answered it.
    """
    escalation = await read_by(session, who, id, if_match)
    step = escalation.resolve(
        who.subject, door.clock.now(), body.outcome, body.plan_changed, partly=body.partly
    )
    await must_be_nobody_who_answered(session, escalation, who)
    await must_owe_nothing(session, escalation)
    await leave_stage(session, escalation, step.taken_at)
    return await record(session, door, escalation, step)


async def let_go(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, verb: Verb, reason: str
) -> Escalation:
    """Withdraw it, or note that it is superseded: the child has left care, or the plan has ended.

    Raises NotFound, Stale, TransitionRefused, and Forbidden for whoever answered it.
    """
    escalation = await read_by(session, who, id, if_match)
    step = escalation.let_go(verb, who.subject, door.clock.now(), reason)
    await must_be_nobody_who_answered(session, escalation, who)
    await leave_stage(session, escalation, step.taken_at)
    await drop_promises(session, escalation, step)
    return await record(session, door, escalation, step)


async def retract(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, reason: str
) -> Escalation:
    """Take praise back. Raises NotFound, Stale, TransitionRefused."""
    escalation = await read_by(session, who, id, if_match)
    step = escalation.step(Verb.RETRACT, who.subject, door.clock.now(), reason)
    return await record(session, door, escalation, step)


async def read_by(session: AsyncSession, who: Principal, id: UUID, if_match: str | None) -> Escalation:
    """The escalation, locked; in the version the caller says they have read, where they say so."""
    escalation = await queries.get(session, who.authority, id, lock=True)
    check_version_if_sent(if_match, escalation.version)
    return escalation


async def _concern(session: AsyncSession, who: Principal, body: Raising, about: Subject) -> Concern:
    source = body.arises_from
    return Concern(
        theme=body.theme,
        concern=body.concern,
        raised_as=_part(who, body.raised_as),
        team=about.team,
        severity=body.severity,
        asked_for=body.asked_for,
        needed_on=body.needed_on,
        arises_from=source.kind if source else None,
        arises_from_id=await arising_from(session, who.authority, source, about.children),
    )


def _part(who: Principal, said: RaisedAs | None) -> RaisedAs:
    """In which part the caller raises it. Raises Forbidden for a part that their roles do not give them."""
    if Role.IRO_MANAGER in who.roles:
        return said or RaisedAs.IRO
    theirs = {RaisedAs.CP_CHAIR} if Role.CP_CHAIR in who.roles else set()
    theirs |= {RaisedAs.IRO, RaisedAs.CIN_IRO} if Role.IRO in who.roles else set()
    if said is not None and said not in theirs:
        raise Forbidden("Your role may not raise it in that part.")
    return said or (RaisedAs.IRO if RaisedAs.IRO in theirs else RaisedAs.CP_CHAIR)


def _children(escalation: Escalation, about: Subject) -> list[EscalationChild]:
    return [
        EscalationChild(authority_id=escalation.authority_id, escalation_id=escalation.id, child_id=each)
        for each in about.children
    ]
