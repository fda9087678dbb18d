"""Beginning a referral to Cafcass: which children it names, and whether they can be referred."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.cafcass import queries
from services.escalation_api.cafcass.looked_after import looked_after
from services.escalation_api.cafcass.models import Referral, ReferralChild
from services.escalation_api.cafcass.recording import record
from services.escalation_api.cafcass.schemas import Beginning
from services.escalation_api.cafcass.transitions import ReferralVerb
from services.escalation_api.children import child_id
from services.escalation_api.days import day_told
from services.escalation_api.escalations import queries as escalations
from services.escalation_api.escalations.models import Escalation, EscalationChild
from services.escalation_api.escalations.transitions import UNDER_WAY
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.lifecycle import words
from shared.refusals import Contradiction, TransitionRefused
from shared.timescales.ladder import Ladder
from shared.timescales.london import london_date


async def begin(session: AsyncSession, door: Door, who: Principal, id: UUID, body: Beginning) -> Referral:
    """Begin a referral beside the ladder, by seeking advice or as a draft.

    Raises NotFound, TransitionRefused where the escalation is not under way, has a referral, or is about a child who
    is not looked after, and Contradiction for a child whom it is not about.
    """
    escalation = await escalations.get(session, who.authority, id, lock=True)
    now = door.clock.now()
    await _must_be_free(session, escalation)
    children = await _named(session, escalation, body)
    ladder = _ladder(door, escalation, now)
    await _must_be_looked_after(session, escalation, children, ladder, now)
    verb = ReferralVerb.DRAFT if body.advice is None else ReferralVerb.SEEK_ADVICE
    second = ladder is not None and ladder.second_approver
    referral, step = Referral.begun(escalation, second, verb, who.subject, now)
    step.reason = body.because
    if body.advice is not None:
        step.happened_on = day_told(body.advice.on, now, "/advice/on")
        step.reason = body.advice.note or body.because
        referral.sought_advice(step.happened_on, body.advice.note)
    session.add(referral)
    await session.flush()
    session.add_all(
        ReferralChild(authority_id=who.authority, referral_id=referral.id, child_id=each) for each in children
    )
    return await record(session, door, referral, step)


async def _must_be_free(session: AsyncSession, escalation: Escalation) -> None:
    if escalation.standing not in UNDER_WAY:
        raise TransitionRefused(
            f"An escalation that is {words(escalation.state)} cannot be referred to Cafcass: only one that is under "
            "way can, at any stage."
        )
    if await queries.under_way(session, escalation) is not None:
        raise TransitionRefused(
            "This escalation has a referral under way: go on with that one, or withdraw it first.",
            code="referral_under_way",
        )


async def _named(session: AsyncSession, escalation: Escalation, body: Beginning) -> list[UUID]:
    about = await session.scalars(
        select(EscalationChild.child_id)
        .where(EscalationChild.authority_id == escalation.authority_id)
        .where(EscalationChild.escalation_id == escalation.id)
    )
    its = set(about)
    if not its:
        raise TransitionRefused(
            "This escalation is about a team and no child, and only children are referred: raise one about the child.",
            code="no_child",
        )
    if not body.children:
        return sorted(its)
    named = [await child_id(session, escalation.authority_id, each) for each in body.children]
    if len(set(named)) < len(named):
        raise Contradiction("A child is named twice.", pointer="/children")
    if not its.issuperset(named):
        raise Contradiction(
            "This escalation is not about that child.", code="other_child", pointer="/children"
        )
    return named


def _ladder(door: Door, escalation: Escalation, now: datetime) -> Ladder | None:
    """The ladder whose policy holds: its own, or the one in force where the file has lost that; None where the council
    has none. That bars nobody from referring: the power is the law's."""
    catalogue = door.law.catalogue
    return catalogue.ladder(escalation.ladder or "") or catalogue.ladder_on(london_date(now))


async def _must_be_looked_after(
    session: AsyncSession, escalation: Escalation, children: list[UUID], ladder: Ladder | None, now: datetime
) -> None:
    those = await looked_after(session, escalation.authority_id, children, london_date(now))
    if those.issuperset(children):
        return
    ends = f"; for any other, this escalation ends with {ladder.ends}" if ladder else ""
    some = " Name only those children who are." if those else ""
    raise TransitionRefused(
        f"Only a child who is looked after today can be referred to Cafcass{ends}.{some}",
        code="not_looked_after",
    )
