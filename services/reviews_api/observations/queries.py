"""Reading observations."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.observations.models import Observation
from services.reviews_api.observations.schemas import ObservationView
from services.reviews_api.workers.models import Worker


async def stretch(
    session: AsyncSession, authority: str, officer: str | None, after: UUID | None, limit: int
) -> list[ObservationView]:
    """Up to `limit` observations that stand, of one officer or of all, after the one named. Raises NotFound."""
    worker = await stretches.id_of(session, Worker, authority, officer)
    where = stretches.standing(Observation, worker_id=worker)
    found = await stretches.stretch(session, Observation, authority, after, limit, *where)
    return [ObservationView.model_validate(each) for each in found]
