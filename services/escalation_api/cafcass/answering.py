"""What every route of a referral answers with."""

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.cafcass import queries
from services.escalation_api.cafcass.models import Referral
from services.escalation_api.cafcass.views import ReferralView
from shared.http.versions import mark


async def answer(session: AsyncSession, response: Response, referral: Referral) -> ReferralView:
    """The whole referral, with its ETag."""
    mark(response, referral.version)
    return await queries.view(session, referral)
