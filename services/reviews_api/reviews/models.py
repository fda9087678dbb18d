"""A looked-after review and its own rules."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact
from shared.refusals import TransitionRefused


class ReviewStatus(StrEnum):
    """Planned, held, or cancelled."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Participation(StrEnum):
    """The child's part in the review, by the code of the SSDA903 return."""

    PN0 = "PN0"
    PN1 = "PN1"
    PN2 = "PN2"
    PN3 = "PN3"
    PN4 = "PN4"
    PN5 = "PN5"
    PN6 = "PN6"
    PN7 = "PN7"


class Review(Recorded, Base, kw_only=True):
    """`scheduled_on`, `held_on` and `cancelled_on` are London dates."""

    __tablename__ = "review"
    noun: ClassVar[str] = "review"
    tells: ClassVar[tuple[str, ...]] = ("review.scheduled", "review.cancelled", "review.held")

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(default=ReviewStatus.PLANNED)
    scheduled_on: Mapped[date | None] = mapped_column(default=None)
    held_on: Mapped[date | None] = mapped_column(default=None)
    participation: Mapped[str | None] = mapped_column(default=None)
    cancelled_because: Mapped[str | None] = mapped_column(default=None)
    cancelled_on: Mapped[date | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="case_system")

    def hold(self, held_on: date, participation: Participation | None) -> None:
        """The meeting took place. Raises TransitionRefused unless the review is planned."""
        self._must_be_planned("held")
        self.status, self.held_on, self.participation = ReviewStatus.HELD, held_on, participation
        self.version += 1

    def cancel(self, because: str, on: date) -> None:
        """The meeting will not take place, as is known from this London date on. Raises TransitionRefused
        unless the review is planned."""
        self._must_be_planned("cancelled")
        self.status, self.cancelled_because, self.cancelled_on = ReviewStatus.CANCELLED, because, on
        self.version += 1

    def facts(self) -> Iterator[NewFact]:
        """What the review tells the engine: when it is planned for, was cancelled, was held."""
        if self.scheduled_on is not None and (
            self.status != ReviewStatus.CANCELLED or self.cancelled_on is not None
        ):
            yield self._fact("review.scheduled", self.scheduled_on)
        if self.cancelled_on is not None:
            yield self._fact("review.cancelled", self.cancelled_on)
        if self.held_on is not None:
            yield self._fact("review.held", self.held_on, source=self.source)

    def _fact(self, kind: str, on: date, **codes: str) -> NewFact:
        return NewFact(self.care_period_id, self.child_id, kind, self.id, on, codes=codes)

    def _must_be_planned(self, step: str) -> None:
        if self.status != ReviewStatus.PLANNED:
            raise TransitionRefused(
                f"A review that is {self.status} cannot be {step}; only a planned one can. "
                "To correct what was recorded, PUT the review with its ETag as If-Match."
            )
