"""Reading conflicts of interest."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.children.models import Child
from services.reviews_api.conflicts.models import Conflict
from services.reviews_api.conflicts.schemas import ConflictView
from services.reviews_api.known import foreseen
from shared.db.among import among

CONFLICTS = "conflicts"  # what a batch foresees: the conflicts of each child


async def stretch(
    session: AsyncSession,
    authority: str,
    officer: str | None,
    child: str | None,
    after: UUID | None,
    limit: int,
) -> list[ConflictView]:
    """Up to `limit` conflicts that stand, after the one named. Raises NotFound for an unknown child."""
    of = await stretches.id_of(session, Child, authority, child)
    where = stretches.standing(Conflict, officer=officer, child_id=of)
    found = await stretches.stretch(session, Conflict, authority, after, limit, *where)
    return [ConflictView.model_validate(each) for each in found]


async def conflicts_of(
    session: AsyncSession, authority: str, children: Collection[UUID]
) -> set[tuple[UUID, str]]:
    """The children and officers, as pairs, between whom a conflict stands."""
    known = foreseen(session)
    if all((CONFLICTS, child) in known for child in children):
        return {pair for child in children for pair in known[CONFLICTS, child]}
    found = await session.execute(
        select(Conflict.child_id, Conflict.officer)
        .where(Conflict.authority_id == authority, among(Conflict.child_id, children))
        .where(Conflict.withdrawn_at.is_(None))
    )
    return {(row.child_id, row.officer) for row in found}
