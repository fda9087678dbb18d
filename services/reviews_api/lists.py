"""What lists by day have in common: of which child, between which days, how many, and where the next stretch begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Query
from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from services.reviews_api.children.models import Child
from services.reviews_api.record import Recorded, get
from shared.http.fields import BoundedDate, Reference
from shared.refusals import Contradiction

R = TypeVar("R", bound=Recorded)

OfChild = Annotated[Reference | None, Query(description="The child's reference, or our id.")]
FirstDay = Annotated[BoundedDate | None, Query(alias="from", description="On this London date or later.")]
LastDay = Annotated[BoundedDate | None, Query(alias="to", description="On this London date or earlier.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which stretch of a list is wanted: `limit` is how many rows to find, `first` and `last` are London dates."""

    child: str | None
    first: date | None
    last: date | None
    after: UUID | None
    limit: int


async def newest_first(
    session: AsyncSession,
    authority: str,
    kind: type[R],
    day: InstrumentedAttribute[date],
    asked: Asked,
    *where: ColumnElement[bool],
) -> Sequence[R]:
    """The standing records that were asked for, by their London date.

    Raises NotFound for an unknown child, Contradiction where there is no such record to go on after.
    """
    query = select(kind).where(kind.authority_id == authority, kind.withdrawn_at.is_(None), *where)
    query = _between(query, day, asked)
    if asked.child is not None:
        child = await get(session, Child, authority, asked.child)
        query = query.where(kind.child_id == child.id)  # type: ignore[attr-defined]
    if asked.after is not None:
        seen = await session.get(kind, (authority, asked.after))
        if seen is None:
            raise Contradiction("There is nothing here to go on after.", pointer="/after")
        query = query.where(tuple_(day, kind.id) < (getattr(seen, day.key), seen.id))
    return (await session.scalars(query.order_by(day.desc(), kind.id.desc()).limit(asked.limit))).all()


def _between(query: Select[R], day: InstrumentedAttribute[date], asked: Asked) -> Select[R]:
    if asked.first is not None:
        query = query.where(day >= asked.first)
    if asked.last is not None:
        query = query.where(day <= asked.last)
    return query
