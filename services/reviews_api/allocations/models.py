"""An allocation: an officer responsible for a child from one instant to another."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact, fact_at


class Allocation(Recorded, Base, kw_only=True):
    """`officer` is the case system's reference of the Independent Reviewing Officer. Instants are UTC."""

    __tablename__ = "allocation"
    noun: ClassVar[str] = "allocation"
    tells: ClassVar[tuple[str, ...]] = ("iro.allocated",)

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID]
    officer: Mapped[str]
    allocated_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    def facts(self) -> Iterator[NewFact]:
        """What the allocation tells the engine."""
        yield fact_at(self.care_period_id, self.child_id, "iro.allocated", self.id, self.allocated_at)
