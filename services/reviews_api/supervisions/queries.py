"""Reading supervisions."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.record import get
from services.reviews_api.supervisions.models import Supervision
from services.reviews_api.supervisions.schemas import SupervisionView
from services.reviews_api.workers.models import Worker


async def stretch(
    session: AsyncSession, authority: str, officer: str | None, after: UUID | None, limit: int
) -> list[SupervisionView]:
    """Up to `limit` supervisions that stand, of one officer or of all, after the one named. Raises NotFound."""
    query = select(Supervision).where(
        Supervision.authority_id == authority, Supervision.withdrawn_at.is_(None)
    )
    if officer is not None:
        worker = await get(session, Worker, authority, officer)
        query = query.where(Supervision.worker_id == worker.id)
    if after is not None:
        query = query.where(Supervision.id > after)
    found = await session.scalars(query.order_by(Supervision.id).limit(limit))
    return [SupervisionView.model_validate(each) for each in found]
