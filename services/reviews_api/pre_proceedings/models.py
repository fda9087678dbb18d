"""Pre-proceedings under the Public Law Outline, and the care proceedings that may follow."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact

FACTS = {
    "started_on": "pre_proceedings.started",
    "ended_on": "pre_proceedings.ended",
    "issued_on": "care_proceedings.issued",
    "concluded_on": "care_proceedings.concluded",
}
"""The fact that each of these dates tells the engine."""


class PreProceedings(Recorded, Base, kw_only=True):
    """All dates are London's. `started_on` is the day on which the letter before proceedings was decided on,
    `issued_on` that of the application to the court. Its facts stand in the child's court history."""

    __tablename__ = "pre_proceedings"
    noun: ClassVar[str] = "pre-proceedings record"
    tells: ClassVar[tuple[str, ...]] = tuple(FACTS.values())

    child_id: Mapped[UUID]
    history_id: Mapped[UUID]
    started_on: Mapped[date | None] = mapped_column(default=None)
    letter_sent_on: Mapped[date | None] = mapped_column(default=None)
    meeting_held_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    issued_on: Mapped[date | None] = mapped_column(default=None)
    concluded_on: Mapped[date | None] = mapped_column(default=None)

    def facts(self) -> Iterator[NewFact]:
        """What the record tells the engine."""
        for name, kind in FACTS.items():
            on = getattr(self, name)
            if on is not None:
                yield NewFact(self.history_id, self.child_id, kind, self.id, on)
