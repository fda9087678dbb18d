"""A midpoint check: the officer's look, between reviews, at whether the plan is carried out."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class Finding(StrEnum):
    """What the check found."""

    ON_TRACK = "on_track"
    DRIFT = "drift"


class MidpointCheck(Recorded, Base, kw_only=True):
    """`completed_on` is a London date; `officer` is the case system's reference of the officer."""

    __tablename__ = "midpoint_check"
    noun: ClassVar[str] = "midpoint check"
    tells: ClassVar[tuple[str, ...]] = ("midpoint_check.completed",)

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID]
    officer: Mapped[str]
    completed_on: Mapped[date]
    finding: Mapped[str]

    def facts(self) -> Iterator[NewFact]:
        """What the check tells the engine."""
        yield NewFact(
            self.care_period_id,
            self.child_id,
            "midpoint_check.completed",
            self.id,
            self.completed_on,
            codes={},
        )
