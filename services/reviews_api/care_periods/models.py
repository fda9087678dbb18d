"""A care period: one unbroken time of being looked after, and what it says to the engine."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact, fact_at


class CarePeriod(Recorded, Base, kw_only=True):
    """`started_on` and `ended_on` are London dates; `iro_notified_at` is the UTC instant at which the
    reviewing service was told. The period's id is also the id of its history."""

    __tablename__ = "care_period"
    noun: ClassVar[str] = "care period"
    tells: ClassVar[tuple[str, ...]] = ("care_period.started", "iro_service.notified", "care_period.ended")

    child_id: Mapped[UUID]
    started_on: Mapped[date]
    iro_notified_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    end_reason: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="case_system")

    def covers(self, day: date) -> bool:
        """Whether the child was looked after on this London date."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def facts(self) -> Iterator[NewFact]:
        """What the period tells the engine."""
        codes = {"source": self.source}
        yield NewFact(self.id, self.child_id, "care_period.started", self.id, self.started_on, codes=codes)
        if self.iro_notified_at is not None:
            yield fact_at(self.id, self.child_id, "iro_service.notified", self.id, self.iro_notified_at)
        if self.ended_on is not None:
            yield NewFact(self.id, self.child_id, "care_period.ended", self.id, self.ended_on, codes=codes)
