"""A conflict of interest: why an officer may not be a child's."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class Conflict(Recorded, Base, kw_only=True):
    """`officer` is the case system's reference; `declared_on` is a London date. It holds until it is withdrawn."""

    __tablename__ = "conflict"
    noun: ClassVar[str] = "conflict"
    tells: ClassVar[tuple[str, ...]] = ()

    child_id: Mapped[UUID]
    officer: Mapped[str]
    reason: Mapped[str]
    declared_on: Mapped[date]

    def facts(self) -> Iterable[NewFact]:
        """None: it bears on no date."""
        return ()
