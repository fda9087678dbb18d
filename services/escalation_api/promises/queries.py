"""Reading a promise that was made in an escalation."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.promises import Promise
from shared.refusals import NotFound


async def get_promise(session: AsyncSession, escalation: Escalation, id: UUID) -> Promise:
    """One promise made in this escalation, locked. Raises NotFound."""
    found = await session.get(Promise, (escalation.authority_id, id), with_for_update=True)
    if found is None or found.escalation_id != escalation.id:
        raise NotFound("promise")
    return found
