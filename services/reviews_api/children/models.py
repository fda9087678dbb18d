"""The child, as this service knows them."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class Child(Recorded, Base, kw_only=True):
    """A child, under the reference the case system gave. Name and date of birth are optional here."""

    __tablename__ = "child"
    noun: ClassVar[str] = "child"
    tells: ClassVar[tuple[str, ...]] = ()

    display_name: Mapped[str | None] = mapped_column(default=None)
    date_of_birth: Mapped[date | None] = mapped_column(default=None)
    team: Mapped[str | None] = mapped_column(default=None)

    def facts(self) -> Iterable[NewFact]:
        """None of its own: the birth is told to each history that asks for it."""
        return ()
