"""A legal status: on what ground a child is looked after, from one day on."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class LegalStatus(Recorded, Base, kw_only=True):
    """`status` is the SSDA903 code; it holds from the London date `from_on` until another follows or care ends."""

    __tablename__ = "legal_status"
    noun: ClassVar[str] = "legal status"
    tells: ClassVar[tuple[str, ...]] = ("legal_status.changed",)

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID]
    status: Mapped[str]
    from_on: Mapped[date]

    def facts(self) -> Iterator[NewFact]:
        """What the status tells the engine."""
        codes = {"legal_status": self.status}
        yield NewFact(
            self.care_period_id, self.child_id, "legal_status.changed", self.id, self.from_on, codes=codes
        )
