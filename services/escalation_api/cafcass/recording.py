"""What every action ends with: its steps are stored, and told of."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.cafcass import queries
from services.escalation_api.cafcass.events import event_of
from services.escalation_api.cafcass.models import Referral, ReferralStep
from services.escalation_api.escalations import queries as escalations
from services.escalation_api.escalations.ending import must_be_nobody_who_answered
from shared.auth.principal import Principal
from shared.events.outbox import publish
from shared.http.door import Door
from shared.http.versions import check_version_if_sent


async def read_by(session: AsyncSession, who: Principal, id: UUID, if_match: str | None) -> Referral:
    """The referral, locked; in the version the caller says they have read, where they say so."""
    referral = await queries.get(session, who.authority, id, lock=True)
    check_version_if_sent(if_match, referral.version)
    return referral


async def read_by_another(session: AsyncSession, who: Principal, id: UUID, if_match: str | None) -> Referral:
    """The same, for who decides on it. Raises Forbidden for whoever answered the alert behind it: nobody holds back a
    referral against themselves."""
    referral = await read_by(session, who, id, if_match)
    escalation = await escalations.get(session, who.authority, referral.escalation_id)
    await must_be_nobody_who_answered(session, escalation, who)
    return referral


async def record(session: AsyncSession, door: Door, referral: Referral, *steps: ReferralStep) -> Referral:
    """Store the steps beside the change they made, and tell of them."""
    session.add_all(steps)
    await session.flush()
    children = await queries.rows_of(session, referral)
    told = [event for step in steps if (event := event_of(referral, step, children[0].child_id))]
    await publish(session, referral.authority_id, told, door.clock.now())
    return referral
