"""Sending a referral to Cafcass."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.cafcass.models import Referral
from services.escalation_api.cafcass.recording import read_by, record
from services.escalation_api.cafcass.schemas import Because
from shared.auth.principal import Principal
from shared.http.door import Door


async def refer(
    session: AsyncSession, door: Door, who: Principal, id: UUID, if_match: str | None, body: Because
) -> Referral:
    """Send it. Raises NotFound, Stale, TransitionRefused."""
    referral = await read_by(session, who, id, if_match)
    step = referral.refer(who.subject, door.clock.now(), body.because)
    return await record(session, door, referral, step)
