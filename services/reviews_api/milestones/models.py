"""A milestone of a child's care: an assessment or a plan that was completed on a day.

Health assessments, education plans, care plans and pathway plans are one record, because they are one shape: of a
history, on a day, with a few codes; what differs is a row of the table in kinds.py.
"""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from services.reviews_api.milestones.kinds import MILESTONES
from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class MilestoneRecord(Recorded, Base, kw_only=True):
    """`completed_on` is a London date; `kind` and `codes` are those of kinds.py."""

    __tablename__ = "milestone"
    noun: ClassVar[str] = "milestone"
    tells: ClassVar[tuple[str, ...]] = tuple(each.fact for each in MILESTONES.values())

    child_id: Mapped[UUID]
    history_id: Mapped[UUID]
    kind: Mapped[str]
    completed_on: Mapped[date]
    codes: Mapped[dict[str, str]]

    def facts(self) -> Iterator[NewFact]:
        """What it tells the engine: that it was completed. No rule asks about its codes."""
        fact = MILESTONES[self.kind].fact
        yield NewFact(self.history_id, self.child_id, fact, self.id, self.completed_on, codes={})
