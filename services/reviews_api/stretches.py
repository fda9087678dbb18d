"""Reading a list of records stretch by stretch, in the order in which they were first told."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.record import Recorded, get

R = TypeVar("R", bound=Recorded)


async def stretch(
    session: AsyncSession,
    kind: type[R],
    authority: str,
    after: UUID | None,
    limit: int,
    *conditions: ColumnElement[bool],
) -> Sequence[R]:
    """Up to `limit` records of one kind that meet all conditions, also those withdrawn, after the one named."""
    query = select(kind).where(kind.authority_id == authority, *conditions)
    if after is not None:
        query = query.where(kind.id > after)
    return (await session.scalars(query.order_by(kind.id).limit(limit))).all()


def standing(kind: type[R], **wanted: Any) -> list[ColumnElement[bool]]:
    """That a record has not been withdrawn, and has each of these values; None asks for none."""
    asked = [getattr(kind, name) == value for name, value in wanted.items() if value is not None]
    return [kind.withdrawn_at.is_(None), *asked]


async def id_of(session: AsyncSession, kind: type[R], authority: str, reference: str | None) -> UUID | None:
    """The id of the record that a list was asked about; None where it was asked about none. Raises NotFound."""
    return None if reference is None else (await get(session, kind, authority, reference)).id
