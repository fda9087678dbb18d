"""Reading the answers to an escalation."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.models import Escalation
from services.escalation_api.responses.models import Response
from shared.refusals import NotFound


async def responses_of(session: AsyncSession, escalation: Escalation) -> Sequence[Response]:
    """Every answer, also drafts and what was discarded, the first first."""
    query = select(Response).where(
        Response.authority_id == escalation.authority_id, Response.escalation_id == escalation.id
    )
    return (await session.scalars(query.order_by(Response.id))).all()


async def get_response(session: AsyncSession, escalation: Escalation, id: UUID) -> Response:
    """One answer to this escalation, locked. Raises NotFound."""
    found = await session.get(Response, (escalation.authority_id, id), with_for_update=True)
    if found is None or found.escalation_id != escalation.id:
        raise NotFound("response")
    return found
