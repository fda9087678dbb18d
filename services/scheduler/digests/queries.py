"""Reading which digests there were, and what one would tell now."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.digests.models import Digest, State
from services.scheduler.digests.readers import contents, reader_with
from services.scheduler.digests.schemas import DigestPreview, DigestView
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.refusals import NotFound


async def preview(session: AsyncSession, door: Door, who: Principal, ahead_days: int) -> DigestPreview:
    """What this caller's digest would tell if it went now. Raises NotFound for who is no officer and no team's
    manager in any worker's record."""
    now = door.clock.now()
    reader = await reader_with(session, who, now)
    if reader is None:
        raise NotFound("worker")
    told = await contents(session, door, reader, timedelta(days=ahead_days), now)
    return DigestPreview.model_validate(told)


async def stretch(
    session: AsyncSession, authority: str, on: date, state: State | None, after: UUID | None, limit: int
) -> list[DigestView]:
    """Up to `limit` digests of a London day after the one named, in the order of the workers' ids."""
    query = select(Digest).filter_by(authority_id=authority, digest_on=on)
    if state is not None:
        query = query.filter_by(state=state.value)
    if after is not None:
        query = query.where(Digest.worker_id > after)
    found = await session.scalars(query.order_by(Digest.worker_id).limit(limit))
    return [DigestView.model_validate(each) for each in found]
