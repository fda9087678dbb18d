"""What the records of this service have in common: a reference of the caller's own, and a version."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from shared.db.base import new_id
from shared.http.versions import Saved, check_version
from shared.refusals import NotFound


class Recorded(MappedAsDataclass, kw_only=True):
    """A row that the case system names by its own reference, unique within an authority and a kind."""

    noun: ClassVar[str]

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    reference: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    def change(self, values: Mapping[str, Any], if_match: str | None) -> Saved:
        """Take other content, if the caller has read what it replaces; the same content changes nothing."""
        if all(getattr(self, name) == value for name, value in values.items()):
            return Saved.UNCHANGED
        check_version(if_match, self.version)
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1
        return Saved.CHANGED


R = TypeVar("R", bound=Recorded)


async def find(
    session: AsyncSession, kind: type[R], authority: str, reference: str, *, lock: bool = False
) -> R | None:
    """The record with this reference, or with this id; None where there is none that may be seen."""
    query = (
        select(kind)
        .where(kind.authority_id == authority)
        .where(_named(kind, reference))
        .order_by((kind.reference == reference).desc())
        .limit(1)
    )
    return (await session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()


def _named(kind: type[R], reference: str) -> ColumnElement[bool]:
    try:
        return or_(kind.reference == reference, kind.id == UUID(reference))  # each has its index
    except ValueError:
        return kind.reference == reference


async def find_to_put(session: AsyncSession, kind: type[R], authority: str, reference: str) -> R | None:
    """The record that a PUT of this reference is about, locked; two PUTs of one reference take turns."""
    name = f"{authority}:{kind.noun}:{reference}"
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    return await find(session, kind, authority, reference, lock=True)


async def get(
    session: AsyncSession, kind: type[R], authority: str, reference: str, *, lock: bool = False
) -> R:
    """The record with this reference or id. Raises NotFound."""
    found = await find(session, kind, authority, reference, lock=lock)
    if found is None:
        raise NotFound(kind.noun)
    return found
