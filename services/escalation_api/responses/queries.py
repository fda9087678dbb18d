"""Reading an answer to an escalation."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.responses import Response
from shared.http.versions import check_version_if_sent
from shared.refusals import NotFound


async def get_response(session: AsyncSession, escalation: Escalation, id: UUID) -> Response:
    """One answer to this escalation, locked. Raises NotFound."""
    found = await session.get(Response, (escalation.authority_id, id), with_for_update=True)
    if found is None or found.escalation_id != escalation.id:
        raise NotFound("response")
    return found


async def read_response(
    session: AsyncSession, escalation: Escalation, response_id: UUID, if_match: str | None
) -> Response:
    """The answer, locked; in the version the caller says they have read, where they say so. Raises NotFound, Stale."""
    response = await get_response(session, escalation, response_id)
    check_version_if_sent(if_match, response.version)
    return response
