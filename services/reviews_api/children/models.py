"""The child, as this service knows them."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base


class Child(Recorded, Base, kw_only=True):
    """A child, under the reference the case system gave. Name and date of birth are optional here."""

    __tablename__ = "child"
    noun: ClassVar[str] = "child"

    display_name: Mapped[str | None] = mapped_column(default=None)
    date_of_birth: Mapped[date | None] = mapped_column(default=None)
