"""Reads replays."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.replays.models import Replay
from shared.refusals import NotFound


async def find_replay(session: AsyncSession, authority: str, id: UUID) -> Replay:
    """One replay. Raises NotFound."""
    found = await session.get(Replay, (authority, id))
    if found is None:
        raise NotFound("replay")
    return found
