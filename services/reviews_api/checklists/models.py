"""A checklist that a council defines, and every version of it that was ever in force."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import JSONB, Base
from shared.deadlines.facts import NewFact


class Applies(StrEnum):
    """To whom an item applies."""

    ALL = "all"
    FROM_AGE = "from_age"
    PLACEMENT = "placement"


class Checklist(Recorded, Base, kw_only=True):
    """What is asked at every child's review. An item is {code, title, applies, from_age, placement}."""

    __tablename__ = "checklist"
    noun: ClassVar[str] = "checklist"
    tells: ClassVar[tuple[str, ...]] = ()

    title: Mapped[str]
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)

    def facts(self) -> Iterable[NewFact]:
        """None: a checklist bears on no date."""
        return ()


class ChecklistVersion(Base, kw_only=True):
    """A checklist as it was put; never changed, so that old answers keep their questions."""

    __tablename__ = "checklist_version"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    checklist_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
