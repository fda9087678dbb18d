"""An escalation, its own rules, and the steps it has taken."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.escalation_api.escalations.themes import DEADLINE_BREACHED
from services.escalation_api.escalations.transitions import State, Verb, next_state, possible
from shared.db.base import Base, new_id


class Kind(StrEnum):
    """How formal the challenge is: so far only the quiet word, recorded."""

    INFORMAL_RESOLUTION = "informal_resolution"


class EscalationStep(Base, kw_only=True):
    """Who did what, when and why; never changed. `taken_by` is None where Duecare itself reacted.
    `version` is the escalation's after the step."""

    __tablename__ = "escalation_step"
    __table_args__ = (
        ForeignKeyConstraint(["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"]),
    )

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    escalation_id: Mapped[UUID]
    version: Mapped[int]
    verb: Mapped[str]
    taken_by: Mapped[str | None]
    taken_at: Mapped[datetime]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    reason: Mapped[str | None] = mapped_column(default=None)


@dataclass(frozen=True, slots=True)
class Breached:
    """A breach that an escalation is suggested for; `due_on` is London's date, `reason` holds no free text."""

    child_id: UUID
    deadline_id: UUID
    deadline_version: int
    timescale: str
    due_on: date
    reason: str


class Escalation(Base, kw_only=True):
    """A challenge on behalf of one child, or the suggestion of one. Every verb returns the step it took,
    or raises TransitionRefused; instants are UTC. `first_child_id` is the record it was made for, once it has
    moved to another."""

    __tablename__ = "escalation"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    child_id: Mapped[UUID]
    first_child_id: Mapped[UUID | None] = mapped_column(default=None)
    kind: Mapped[str] = mapped_column(default=Kind.INFORMAL_RESOLUTION)
    state: Mapped[str | None] = mapped_column(nullable=False, init=False, default=None)
    theme: Mapped[str]
    concern: Mapped[str | None] = mapped_column(default=None)
    deadline_id: Mapped[UUID | None] = mapped_column(default=None)
    deadline_version: Mapped[int | None] = mapped_column(default=None)
    timescale: Mapped[str | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    suggested_at: Mapped[datetime | None] = mapped_column(default=None)
    raised_by: Mapped[str | None] = mapped_column(default=None)
    raised_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=0)

    @classmethod
    def raised(
        cls, authority: str, child_id: UUID, theme: str, concern: str, by: str, at: datetime
    ) -> tuple[Self, EscalationStep]:
        """An informal resolution that a person raises."""
        new = cls(authority_id=authority, child_id=child_id, theme=theme, concern=concern)
        new.raised_by, new.raised_at = by, at
        return new, new._step(Verb.RAISE, by, at)

    @classmethod
    def suggested(cls, authority: str, breached: Breached, at: datetime) -> tuple[Self, EscalationStep]:
        """An informal resolution that Duecare suggests because of a breach; it waits for a person."""
        why = asdict(breached)
        new = cls(authority_id=authority, theme=DEADLINE_BREACHED, suggested_at=at, **why)
        return new, new._step(Verb.SUGGEST, None, at, breached.reason)

    def accept(self, by: str, at: datetime, concern: str | None = None) -> EscalationStep:
        """A person takes the suggestion up: from now on it is raised."""
        step = self._step(Verb.ACCEPT, by, at)
        self.raised_by, self.raised_at, self.concern = by, at, concern
        return step

    def dismiss(self, by: str, at: datetime, reason: str) -> EscalationStep:
        """A person decides against the suggestion."""
        return self._step(Verb.DISMISS, by, at, reason)

    def lapse(self, at: datetime, reason: str) -> EscalationStep:
        """What was suggested has lost its ground."""
        return self._step(Verb.LAPSE, None, at, reason)

    def resolve(self, by: str, at: datetime, outcome: str) -> EscalationStep:
        """The concern is put right."""
        step = self._step(Verb.RESOLVE, by, at, outcome)
        self.outcome, self.resolved_at = outcome, at
        return step

    @property
    def possible(self) -> list[Verb]:
        """What a person can do with it now."""
        return possible(self._standing)

    @property
    def _standing(self) -> State | None:
        return None if self.state is None else State(self.state)

    def _step(self, verb: Verb, by: str | None, at: datetime, reason: str | None = None) -> EscalationStep:
        before, after = self._standing, next_state(self._standing, verb)
        self.state, self.version = after, self.version + 1
        return EscalationStep(
            authority_id=self.authority_id,
            escalation_id=self.id,
            version=self.version,
            verb=verb,
            taken_by=by,
            taken_at=at,
            from_state=before,
            to_state=after,
            reason=reason,
        )
