"""The authorities that this installation serves."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine


async def authorities(engine: AsyncEngine) -> list[str]:
    """Every authority's code, in order."""
    async with engine.connect() as connection:
        found = await connection.scalars(text("SELECT authority_id FROM authority ORDER BY authority_id"))
        return list(found)
