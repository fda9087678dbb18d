"""A strategy discussion: whether to make section 47 enquiries, and the clock of the initial conference with them."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact, fact_at


class Section47(StrEnum):
    """What the discussion decided of enquiries under section 47 of the Children Act 1989."""

    INITIATED = "initiated"
    CONTINUED = "continued"
    NOT_INITIATED = "not_initiated"


class StrategyDiscussion(Recorded, Base, kw_only=True):
    """`decided_at` is the UTC instant at which it was decided on; `held_on` the London date on which it was held,
    `held_at` the UTC instant where that is known. Its facts stand in the child's protection history."""

    __tablename__ = "strategy_discussion"
    noun: ClassVar[str] = "strategy discussion"
    tells: ClassVar[tuple[str, ...]] = ("strategy_discussion.decided", "strategy_discussion.held")

    child_id: Mapped[UUID]
    history_id: Mapped[UUID]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    held_on: Mapped[date | None] = mapped_column(default=None)
    held_at: Mapped[datetime | None] = mapped_column(default=None)
    section47: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str | None] = mapped_column(default=None)

    def facts(self) -> Iterator[NewFact]:
        """What the discussion tells the engine."""
        if self.decided_at is not None:
            yield fact_at(
                self.history_id, self.child_id, "strategy_discussion.decided", self.id, self.decided_at
            )
        if self.held_on is not None:
            codes = {"section47": self.section47} if self.section47 else {}
            codes |= {"source": self.source} if self.source else {}
            yield NewFact(
                self.history_id,
                self.child_id,
                "strategy_discussion.held",
                self.id,
                self.held_on,
                self.held_at,
                codes,
            )
