"""An officer's supervision."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact

ONE_TO_ONE = "one_to_one"


class Supervision(Recorded, Base, kw_only=True):
    """`held_on` is a London date; `worker_id` is the officer's, and also the id of their history."""

    __tablename__ = "supervision"
    noun: ClassVar[str] = "supervision"
    tells: ClassVar[tuple[str, ...]] = ("supervision.held",)

    worker_id: Mapped[UUID]
    supervisor: Mapped[str]
    held_on: Mapped[date]
    kind: Mapped[str]

    def facts(self) -> Iterator[NewFact]:
        """What a supervision tells the engine: only one to one is what was promised."""
        if self.kind == ONE_TO_ONE:
            yield NewFact(self.worker_id, None, "supervision.held", self.id, self.held_on)
