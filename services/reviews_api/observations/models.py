"""An observation of an officer's practice."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class Observation(Recorded, Base, kw_only=True):
    """`made_on` is a London date; `worker_id` is the officer's, and also the id of their history."""

    __tablename__ = "practice_observation"
    noun: ClassVar[str] = "observation"
    tells: ClassVar[tuple[str, ...]] = ("practice_observation.made",)

    worker_id: Mapped[UUID]
    observer: Mapped[str]
    made_on: Mapped[date]
    observed: Mapped[str]

    def facts(self) -> Iterator[NewFact]:
        """What an observation tells the engine."""
        yield NewFact(self.worker_id, None, "practice_observation.made", self.id, self.made_on)
