"""Reading observations."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.observations.models import Observation
from services.reviews_api.observations.schemas import ObservationView
from services.reviews_api.record import get
from services.reviews_api.workers.models import Worker


async def stretch(
    session: AsyncSession, authority: str, officer: str | None, after: UUID | None, limit: int
) -> list[ObservationView]:
    """Up to `limit` observations that stand, of one officer or of all, after the one named. Raises NotFound."""
    query = select(Observation).where(
        Observation.authority_id == authority, Observation.withdrawn_at.is_(None)
    )
    if officer is not None:
        worker = await get(session, Worker, authority, officer)
        query = query.where(Observation.worker_id == worker.id)
    if after is not None:
        query = query.where(Observation.id > after)
    found = await session.scalars(query.order_by(Observation.id).limit(limit))
    return [ObservationView.model_validate(each) for each in found]
