"""A merge or a split of children's records, as it was done."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class MergeKind(StrEnum):
    """Two records were of one child, or one was of two."""

    MERGE = "merge"
    SPLIT = "split"


class ChildMerge(Base):
    """Two records turned out to be of one child, or one record of two: what `moved` (the ids of histories) from one
    to the other, by whose word (`done_by`) and when (UTC). Nothing is deleted by it."""

    __tablename__ = "child_merge"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id, kw_only=True)
    kind: Mapped[str]
    from_child_id: Mapped[UUID]
    to_child_id: Mapped[UUID]
    moved: Mapped[list[str]]
    because: Mapped[str]
    done_by: Mapped[str]
    done_at: Mapped[datetime]

    @classmethod
    def ids_about(cls, children: Collection[UUID]) -> Select[UUID]:
        """Those of any of these children, on either side."""
        merge = cls.__table__.c
        return select(merge.id).where(or_(merge.from_child_id.in_(children), merge.to_child_id.in_(children)))
