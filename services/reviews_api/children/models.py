"""The child, as this service knows them."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact
from shared.refusals import TransitionRefused


class Child(Recorded, Base, kw_only=True):
    """A child, under the reference the case system gave. Name and dates are optional here: `date_of_birth` and
    `expected_on` are London dates, at most one of them known. Siblings share a `family`; `team` and `social_worker`
    are the case system's references. One that is `restricted` is seen by few, and by the subjects in
    `restricted_to`. One that was merged is the child with the id `merged_into_id`."""

    __tablename__ = "child"
    noun: ClassVar[str] = "child"
    tells: ClassVar[tuple[str, ...]] = ()

    display_name: Mapped[str | None] = mapped_column(default=None)
    date_of_birth: Mapped[date | None] = mapped_column(default=None)
    expected_on: Mapped[date | None] = mapped_column(default=None)
    family: Mapped[str | None] = mapped_column(default=None)
    team: Mapped[str | None] = mapped_column(default=None)
    social_worker: Mapped[str | None] = mapped_column(default=None)
    restricted: Mapped[bool] = mapped_column(default=False)
    restricted_to: Mapped[list[str]] = mapped_column(default_factory=list)
    merged_into_id: Mapped[UUID | None] = mapped_column(default=None)

    @property
    def birth_on(self) -> date | None:
        """The London date of birth, or the one on which it is expected; None where neither is known."""
        return self.date_of_birth or self.expected_on

    def must_be_nobody_else(self) -> None:
        """Raise TransitionRefused for a record that was merged into another."""
        if self.merged_into_id is not None:
            raise TransitionRefused(
                "This record was merged into another child's: write that one, or split it first.",
                code="merged",
            )

    def take_over(self, other: "Child") -> None:
        """Learn what only the other record of the same child knew, and be as restricted as the stricter of the two."""
        if self.date_of_birth is None and (other.date_of_birth or self.expected_on is None):
            self.date_of_birth, self.expected_on = other.date_of_birth, other.expected_on
        for name in ("display_name", "family", "team", "social_worker"):
            setattr(self, name, getattr(self, name) or getattr(other, name))
        if other.restricted:
            both = self.restricted_to if self.restricted else other.restricted_to
            self.restricted_to = [each for each in other.restricted_to if each in both]
            self.restricted = True
        other.merged_into_id = self.id
        self.version += 1
        other.version += 1

    def stand_again(self) -> None:
        """It was a child of its own after all."""
        self.merged_into_id = None
        self.version += 1

    def facts(self) -> Iterable[NewFact]:
        """None of its own: the birth is told to each history that asks for it."""
        return ()
