"""A core group: the people who carry a child protection plan out, and the day on which they met."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class CoreGroup(Recorded, Base, kw_only=True):
    """`held_on` is a London date. Its fact stands in the child's protection history."""

    __tablename__ = "core_group"
    noun: ClassVar[str] = "core group"
    tells: ClassVar[tuple[str, ...]] = ("core_group.held",)

    child_id: Mapped[UUID]
    history_id: Mapped[UUID]
    plan_id: Mapped[UUID | None] = mapped_column(default=None)
    held_on: Mapped[date]

    def facts(self) -> Iterator[NewFact]:
        """What the core group tells the engine."""
        yield NewFact(self.history_id, self.child_id, "core_group.held", self.id, self.held_on)
