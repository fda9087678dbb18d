"""Reading supervisions."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.supervisions.models import Supervision
from services.reviews_api.supervisions.schemas import SupervisionView
from services.reviews_api.workers.models import Worker


async def stretch(
    session: AsyncSession, authority: str, officer: str | None, after: UUID | None, limit: int
) -> list[SupervisionView]:
    """Up to `limit` supervisions that stand, of one officer or of all, after the one named. Raises NotFound."""
    worker = await stretches.id_of(session, Worker, authority, officer)
    where = stretches.standing(Supervision, worker_id=worker)
    found = await stretches.stretch(session, Supervision, authority, after, limit, *where)
    return [SupervisionView.model_validate(each) for each in found]
