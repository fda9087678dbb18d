"""A fact that somebody reported, and its own rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact
from shared.timescales.kinds import KINDS


@dataclass(slots=True)
class Telling:
    """What the engine is told of one kind about one record: a fact, or nothing any more."""

    authority_id: str
    id: UUID
    tells: tuple[str, ...]
    told: tuple[NewFact, ...] = ()
    stands: ClassVar[bool] = True

    def facts(self) -> Iterable[NewFact]:
        """The fact that shall stand, if any."""
        return self.told


class ReportedFact(Recorded, Base, kw_only=True):
    """`happened_on` is a London date, `happened_at` the UTC instant where that is known. `record_id` is what the
    fact is about, as `about` names it; the fact's own id where it is about nothing else."""

    __tablename__ = "reported_fact"
    noun: ClassVar[str] = "fact"

    history_id: Mapped[UUID]
    child_id: Mapped[UUID | None]
    kind: Mapped[str]
    about: Mapped[str | None] = mapped_column(default=None)
    record_id: Mapped[UUID]
    happened_on: Mapped[date]
    happened_at: Mapped[datetime | None] = mapped_column(default=None)
    codes: Mapped[dict[str, str]]

    @property
    def may_be_asked_about(self) -> bool:
        """Whether other facts may be about this one: they are about what began something, not about each other."""
        return KINDS[self.kind].about is None

    def telling(self) -> Telling:
        """What it tells the engine while it stands."""
        told: tuple[NewFact, ...] = ()
        if self.stands:
            fact = NewFact(
                self.history_id,
                self.child_id,
                self.kind,
                self.record_id,
                self.happened_on,
                self.happened_at,
                self.codes,
            )
            told = (fact,)
        return Telling(self.authority_id, self.record_id, (self.kind,), told)
