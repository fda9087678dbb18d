"""How a checklist was answered for one child."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class ItemAnswer(StrEnum):
    """What is known of one item."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"
    NOT_KNOWN = "not_known"


class ChecklistAnswer(Recorded, Base, kw_only=True):
    """`answered_on` is a London date; `answers` are by item, of the checklist's version `checklist_version`."""

    __tablename__ = "checklist_answer"
    noun: ClassVar[str] = "checklist answer"
    tells: ClassVar[tuple[str, ...]] = ()

    checklist_id: Mapped[UUID]
    checklist_version: Mapped[int]
    child_id: Mapped[UUID]
    review_id: Mapped[UUID | None] = mapped_column(default=None)
    answered_on: Mapped[date]
    answers: Mapped[dict[str, str]]

    def facts(self) -> Iterable[NewFact]:
        """None: an answer bears on no date."""
        return ()
