"""Imports of one authority take turns."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def take_import_turn(session: AsyncSession, authority: str) -> None:
    """One import of an authority at a time gets past here, until its transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{authority}:import", 0))))
