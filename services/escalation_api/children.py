"""What this service may know of a child: that there is one, and by which reference."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, column, or_, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from shared.auth.restricted import hidden_in
from shared.refusals import NotFound

# Owned by reviews_api; these columns are all that we ask of it.
child = table(
    "child",
    column("authority_id", Text),
    column("id", Uuid),
    column("reference", Text),
    column("merged_into_id", Uuid),
    column("team", Text),
    column("family", Text),
)


async def child_id(session: AsyncSession, authority: str, reference: str) -> UUID:
    """The id of the child with this reference, or with this id; where that record was merged, of the one that stayed.
    Raises NotFound."""
    found = await _find(session, authority, _named(reference), child.c.reference == reference)
    while found.merged_into_id is not None:
        found = await _find(session, authority, child.c.id == found.merged_into_id)
    stayed: UUID = found.id
    return stayed


async def _find(
    session: AsyncSession,
    authority: str,
    named: ColumnElement[bool],
    first: ColumnElement[bool] | None = None,
) -> Any:
    query = select(child.c.id, child.c.merged_into_id).where(child.c.authority_id == authority, named)
    query = query.where(child.c.id.not_in(hidden_in(session))).limit(1)
    found = (await session.execute(query if first is None else query.order_by(first.desc()))).first()
    if found is None:
        raise NotFound("child")
    return found


async def teams_of(
    session: AsyncSession, authority: str, children: Collection[UUID]
) -> dict[UUID, str | None]:
    """The team of each of these ids that is a child's of this authority; None where that is not known."""
    query = select(child.c.id, child.c.team).where(
        child.c.authority_id == authority, child.c.id.in_(children)
    )
    return {row.id: row.team for row in await session.execute(query)}


def _named(reference: str) -> ColumnElement[bool]:
    try:
        return or_(child.c.reference == reference, child.c.id == UUID(reference))
    except ValueError:
        return child.c.reference == reference
