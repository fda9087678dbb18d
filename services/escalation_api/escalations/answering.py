"""How every route that takes a step answers: with the whole escalation, and its version as ETag."""

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.queries import view
from services.escalation_api.escalations.views import EscalationView
from shared.http.door import Door
from shared.http.versions import mark


async def answer(
    session: AsyncSession, door: Door, response: Response, escalation: Escalation
) -> EscalationView:
    """The escalation as it stands now."""
    mark(response, escalation.version)
    return await view(session, door, escalation)
