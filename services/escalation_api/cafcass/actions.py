"""What people do with a referral to Cafcass, each step in the transaction of its request."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.cafcass.models import Referral
from services.escalation_api.cafcass.recording import read_by, read_by_another, record
from services.escalation_api.cafcass.schemas import Because, Closing, Heard, Reasoned
from services.escalation_api.cafcass.transitions import ReferralVerb
from services.escalation_api.days import day_told
from shared.auth.principal import Principal
from shared.http.door import Door


async def ask_approval(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Because
) -> Referral:
    """Put it before a second person. Raises NotFound, Stale, TransitionRefused."""
    referral = await read_by(session, who, id, if_match)
    step = referral.ask_approval(who.subject, door.clock.now(), body.because)
    return await record(session, door, referral, step)


async def approve(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Because
) -> Referral:
    """Agree as the second person. Raises NotFound, Stale, TransitionRefused, Forbidden for the one who asked and for
    whoever answered the alert."""
    referral = await read_by_another(session, who, id, if_match)
    step = referral.approve(who.subject, door.clock.now(), body.because)
    return await record(session, door, referral, step)


async def send_back(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Reasoned
) -> Referral:
    """Let it be rewritten. Raises NotFound, Stale, TransitionRefused, Forbidden for whoever answered the alert."""
    referral = await read_by_another(session, who, id, if_match)
    step = referral.send_back(who.subject, door.clock.now(), body.because)
    return await record(session, door, referral, step)


async def withdraw(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Reasoned
) -> Referral:
    """Give it up before it is sent. Raises NotFound, Stale, TransitionRefused, Forbidden for whoever answered the
    alert."""
    referral = await read_by_another(session, who, id, if_match)
    step = referral.step(ReferralVerb.WITHDRAW, who.subject, door.clock.now(), body.because)
    return await record(session, door, referral, step)


async def hear(
    session: AsyncSession,
    door: Door,
    who: Principal,
    id: UUID,
    if_match: str | None,
    verb: ReferralVerb,
    body: Heard,
) -> Referral:
    """Cafcass declined it, or acts on it. Raises NotFound, Stale, TransitionRefused, Contradiction, Forbidden."""
    referral = await read_by_another(session, who, id, if_match)
    now = door.clock.now()
    step = referral.step(verb, who.subject, now, body.said, day_told(body.on, now))
    return await record(session, door, referral, step)


async def close(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Closing
) -> Referral:
    """The last was said. Raises NotFound, Stale, TransitionRefused, Forbidden, Contradiction for a day to come."""
    referral = await read_by_another(session, who, id, if_match)
    now = door.clock.now()
    step = referral.close(who.subject, now, body.outcome, day_told(body.on, now))
    return await record(session, door, referral, step)
