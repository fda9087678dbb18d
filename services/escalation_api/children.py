"""What this service may know of a child: that there is one, and by which reference."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, column, or_, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from shared.auth.restricted import hidden_in
from shared.refusals import NotFound

# Owned by reviews_api; these columns are all that we ask of it.
child = table("child", column("authority_id", Text), column("id", Uuid), column("reference", Text))


async def child_id(session: AsyncSession, authority: str, reference: str) -> UUID:
    """The id of the child with this reference, or with this id. Raises NotFound."""
    query = select(child.c.id).where(child.c.authority_id == authority, _named(reference))
    query = query.where(child.c.id.not_in(hidden_in(session)))
    found: UUID | None = await session.scalar(
        query.order_by((child.c.reference == reference).desc()).limit(1)
    )
    if found is None:
        raise NotFound("child")
    return found


async def known_children(session: AsyncSession, authority: str, children: Collection[UUID]) -> set[UUID]:
    """Those of these ids that are children's of this authority."""
    query = select(child.c.id).where(child.c.authority_id == authority, child.c.id.in_(children))
    return set(await session.scalars(query))


def _named(reference: str) -> ColumnElement[bool]:
    try:
        return or_(child.c.reference == reference, child.c.id == UUID(reference))
    except ValueError:
        return child.c.reference == reference
