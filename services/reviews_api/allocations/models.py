"""An allocation: an officer responsible for a child from one instant to another."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.allocations.states import State
from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact, fact_at


class AllocationRole(StrEnum):
    """As what the officer is the child's."""

    IRO = "iro"
    CP_CHAIR = "cp_chair"
    CIN_IRO = "cin_iro"


class Allocation(Recorded, Base, kw_only=True):
    """`officer` is the case system's reference. Instants are UTC; `until_on` is the London date to which cover is
    meant to last. Only a reviewing officer's is always of a care period."""

    __tablename__ = "allocation"
    noun: ClassVar[str] = "allocation"
    tells: ClassVar[tuple[str, ...]] = ("iro.allocated",)

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(default=AllocationRole.IRO)
    officer: Mapped[str]
    notified_at: Mapped[datetime | None] = mapped_column(default=None)
    allocated_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    end_reason: Mapped[str | None] = mapped_column(default=None)
    sibling_reason: Mapped[str | None] = mapped_column(default=None)
    until_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def state(self) -> State:
        """Allocated, or ended."""
        return State.ALLOCATED if self.ended_at is None else State.ENDED

    @property
    def histories(self) -> list[UUID]:
        """The histories whose deadlines it bears on."""
        told = self.care_period_id if self.role == AllocationRole.IRO else None
        return [] if told is None else [told]

    def in_force(self, at: datetime) -> bool:
        """Whether the officer is the child's at this UTC instant."""
        return self.allocated_at <= at and (self.ended_at is None or self.ended_at > at)

    def end(self, at: datetime, because: str | None) -> None:
        """The officer is the child's no longer from this UTC instant on, for a reason in code."""
        self.ended_at, self.end_reason = at, because
        self.version += 1

    def facts(self) -> Iterator[NewFact]:
        """What a reviewing officer's allocation tells the engine; that of others tells nothing."""
        for history in self.histories:
            yield fact_at(history, self.child_id, "iro.allocated", self.id, self.allocated_at)
