"""Reading legal statuses."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.legal_statuses.schemas import LegalStatusView
from shared.auth.principal import Principal
from shared.refusals import Contradiction


async def check_alone(session: AsyncSession, status: LegalStatus) -> None:
    """Raise Contradiction where another status starts on the same day of the same care period."""
    twin = await session.scalar(
        select(LegalStatus.id)
        .where(LegalStatus.authority_id == status.authority_id)
        .where(LegalStatus.care_period_id == status.care_period_id, LegalStatus.from_on == status.from_on)
        .where(LegalStatus.withdrawn_at.is_(None), LegalStatus.id != status.id)
        .limit(1)
    )
    if twin is not None:
        raise Contradiction(
            "Another legal status starts on that day: correct that one, or withdraw it first.",
            code="overlapping_legal_status",
            pointer="/from_on",
        )


async def stretch(
    session: AsyncSession,
    who: Principal,
    care_period: str | None,
    status: str | None,
    after: UUID | None,
    limit: int,
) -> list[LegalStatusView]:
    """Up to `limit` standing legal statuses after the one named, in the order in which they were recorded. Raises
    NotFound for an unknown care period."""
    period = await stretches.id_of(session, CarePeriod, who.authority, care_period)
    where = stretches.standing(LegalStatus, care_period_id=period, status=status)
    found = await stretches.stretch(session, LegalStatus, who.authority, after, limit, *where)
    return [LegalStatusView.model_validate(each) for each in found]
