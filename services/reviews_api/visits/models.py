"""A visit to a child, or another contact with them, and what it says to the engine."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class VisitorRole(StrEnum):
    """The part in which somebody visits. Only a social worker's visits are the statutory ones."""

    IRO = "iro"
    SOCIAL_WORKER = "social_worker"
    CP_CHAIR = "cp_chair"
    PERSONAL_ADVISER = "personal_adviser"


class VisitKind(StrEnum):
    """A visit, or a contact that is none."""

    VISIT = "visit"
    TELEPHONE = "telephone"
    OTHER_CONTACT = "other_contact"


class Mode(StrEnum):
    """How they met. Since 2020 a visit may be virtual where the law of the day allows it."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"


class SeenAlone(StrEnum):
    """Whether the child was seen without others; not appropriate for a baby, for example."""

    YES = "yes"
    NO = "no"
    NOT_APPROPRIATE = "not_appropriate"


class Visit(Recorded, Base, kw_only=True):
    """`visited_on` is a London date; `worker` is the case system's reference of who visited. `history_id` is the
    care, protection or private fostering that the visit belongs to, where it was told of one."""

    __tablename__ = "visit"
    noun: ClassVar[str] = "visit"
    tells: ClassVar[tuple[str, ...]] = ("visit.made",)

    child_id: Mapped[UUID]
    history_id: Mapped[UUID | None] = mapped_column(default=None)
    worker: Mapped[str]
    role: Mapped[str]
    kind: Mapped[str]
    visited_on: Mapped[date]
    mode: Mapped[str]
    seen: Mapped[bool]
    seen_alone: Mapped[str]

    def facts(self) -> Iterator[NewFact]:
        """What the visit tells the engine: a social worker's counts, and no other."""
        is_statutory = self.role == VisitorRole.SOCIAL_WORKER and self.kind == VisitKind.VISIT
        if is_statutory and self.history_id is not None:
            codes = {"seen": "yes" if self.seen else "no", "mode": self.mode}
            yield NewFact(self.history_id, self.child_id, "visit.made", self.id, self.visited_on, codes=codes)
