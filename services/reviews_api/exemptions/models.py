"""A pause, a later date or a waiver that somebody granted for one deadline, and why."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact
from shared.timescales.relief import EXEMPTION, PAUSE


class ExemptionKind(StrEnum):
    """The clock stands still for some days, the date is later, or the promise is let go."""

    PAUSE = "pause"
    EXTENSION = "extension"
    WAIVER = "waiver"


class Exemption(Recorded, Base, kw_only=True):
    """`granted_on` is the London date of the granting, `granted_at` its UTC instant.

    `from_on` and `until_on` are a pause's first and last day,
    `until_on` is an extension's new date. `timescale` and `anchor_id` name the promise, whatever becomes of its
    stored deadline."""

    __tablename__ = "exemption"
    noun: ClassVar[str] = "exemption"
    tells: ClassVar[tuple[str, ...]] = (EXEMPTION, PAUSE)

    deadline_id: Mapped[UUID]
    history_id: Mapped[UUID]
    child_id: Mapped[UUID | None]
    timescale: Mapped[str]
    anchor_id: Mapped[UUID]
    kind: Mapped[str]
    granted_on: Mapped[date]
    granted_at: Mapped[datetime]
    from_on: Mapped[date | None] = mapped_column(default=None)
    until_on: Mapped[date | None] = mapped_column(default=None)
    because: Mapped[str]
    approved_by: Mapped[str]

    def grants(self, from_on: date | None, until_on: date | None, approved_by: str) -> bool:
        """Whether it stands, and grants these days on this person's word."""
        held = (self.from_on, self.until_on, self.approved_by)
        return self.stands and held == (from_on, until_on, approved_by)

    def facts(self) -> Iterator[NewFact]:
        """What the exemption tells the engine while it stands."""
        if self.stands:
            kind = PAUSE if self.kind == ExemptionKind.PAUSE else EXEMPTION
            codes = {"timescale": self.timescale, "anchor": str(self.anchor_id)}
            days = {"from": self.from_on, "until": self.until_on}
            codes |= {name: day.isoformat() for name, day in days.items() if day is not None}
            yield NewFact(
                self.history_id, self.child_id, kind, self.id, self.granted_on, self.granted_at, codes
            )
