"""The breaches that stand against deadlines."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.difference import Stored

# By the deadlines' own ids: joined to them, a planner without figures goes through all of a council's for each.
STANDING = text("""
    SELECT deadline_id, version, historic FROM breach
    WHERE authority_id = :authority AND deadline_id = ANY(:ids) AND withdrawn_at IS NULL
""")


async def standing_breaches(
    session: AsyncSession, authority: str, rows: Iterable[Stored]
) -> dict[UUID, bool]:
    """Those of these deadlines whose version has a standing breach, and whether that breach is historic.

    Ask once the deadlines are locked: a sweep that had locked them before has then told what it found.
    """
    versions = {row.id: row.version for row in rows}
    if not versions:
        return {}
    found = await session.execute(STANDING, {"authority": authority, "ids": list(versions)})
    return {row.deadline_id: row.historic for row in found if row.version == versions[row.deadline_id]}
