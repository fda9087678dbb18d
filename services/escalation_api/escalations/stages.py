"""The stages at which an escalation has stood: each visit of one is a row, whose instants start and stop its clocks."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class Why(StrEnum):
    """How it came to a stage. `taken_over` are those that were open before there was a ladder."""

    RAISED = "raised"
    ADVANCED = "advanced"
    REJECTED = "rejected"
    SILENCE = "silence"
    ASKED_AGAIN = "asked_again"
    REOPENED = "reopened"
    TAKEN_OVER = "taken_over"


class EscalationStage(Base, kw_only=True):
    """One visit of a stage of the ladder, the `number`-th of its escalation. Instants are UTC: when it was opened (by
    None where Duecare itself did), first answered, decided on, accepted in full or in part, and left."""

    __tablename__ = "escalation_stage"
    __table_args__ = (
        ForeignKeyConstraint(["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"]),
    )

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    escalation_id: Mapped[UUID]
    number: Mapped[int]
    ladder: Mapped[str]
    stage: Mapped[str]
    formal: Mapped[bool]
    why: Mapped[str]
    opened_by: Mapped[str | None]
    opened_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    decided_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    accepted_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(init=False, default=None)

    def answer(self, at: datetime) -> None:
        """An answer was sent; it is the first that meets the clock."""
        self.answered_at = self.answered_at or at

    def decide(self, at: datetime, *, accepted: bool) -> None:
        """The officer decided on the answer: accepted it, in full or in part, or rejected it."""
        self.decided_at = at
        if accepted:
            self.accepted_at = at

    def close(self, at: datetime) -> None:
        """The escalation stands at it no more."""
        self.closed_at = at
