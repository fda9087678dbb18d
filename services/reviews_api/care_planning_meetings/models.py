"""A care planning meeting: those who plan a child's care meet between reviews."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class CarePlanningMeeting(Recorded, Base, kw_only=True):
    """`held_on`, `plan_completed_on` and `plan_updated_on` are London dates; the last two are those on which the
    care plan was made or brought up to date after the meeting."""

    __tablename__ = "care_planning_meeting"
    noun: ClassVar[str] = "care planning meeting"
    tells: ClassVar[tuple[str, ...]] = ("care_plan.completed", "care_plan.updated")

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID]
    held_on: Mapped[date]
    decisions_recorded: Mapped[bool]
    minutes_on_record: Mapped[bool]
    plan_completed_on: Mapped[date | None] = mapped_column(default=None)
    plan_updated_on: Mapped[date | None] = mapped_column(default=None)

    def facts(self) -> Iterator[NewFact]:
        """What became of the care plan. The meeting itself bears on no date."""
        if self.plan_completed_on is not None:
            yield self._fact("care_plan.completed", self.plan_completed_on)
        if self.plan_updated_on is not None:
            yield self._fact("care_plan.updated", self.plan_updated_on)

    def _fact(self, kind: str, on: date) -> NewFact:
        return NewFact(self.care_period_id, self.child_id, kind, self.id, on, codes={})
