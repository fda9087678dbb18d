"""An escalation, its own rules, and the steps it has taken."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Self
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from services.escalation_api.escalations.concern import Breached, Concern, Kind, RaisedAs, Source
from services.escalation_api.escalations.transitions import State, Verb, next_state, possible
from services.escalation_api.themes.shipped import DEADLINE_BREACHED
from shared.db.base import Base, new_id


class EscalationStep(Base, kw_only=True):
    """Who did what, when and why; never changed. `taken_by` is None where Duecare itself reacted. `version` is the
    escalation's after the step, `stage` where it stood then; `about_id` is the answer or the promise that it concerns,
    and `due_on` (London) the date that was promised."""

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
    stage: Mapped[str | None] = mapped_column(default=None)
    about_id: Mapped[UUID | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)


class EscalationChild(Base, kw_only=True):
    """A child whom an escalation is about. `first_child_id` is the record it was raised for, once it has moved."""

    __tablename__ = "escalation_child"
    __table_args__ = (
        ForeignKeyConstraint(["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"]),
    )

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    escalation_id: Mapped[UUID] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    first_child_id: Mapped[UUID | None] = mapped_column(default=None)


class Escalation(Base, kw_only=True):
    """A challenge on behalf of one child, of siblings or of none, or the suggestion of one, or praise. Every verb
    returns the step it took, or raises TransitionRefused; instants are UTC, days London's.

    `child_id` is the first of the children it is about, None where it is about a team alone; `first_child_id` the
    record it was made for, once it has moved to another. `ladder` is the one it began under, `stage` and `stage_id`
    where on it it stands. `formal_at` is when it first went formal, `settled_at` when the formal part was settled,
    `closed_at` when the whole did. `raised_by` is None where Duecare opened it by policy and nobody has taken it up.
    """

    __tablename__ = "escalation"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    child_id: Mapped[UUID | None] = mapped_column(default=None)
    first_child_id: Mapped[UUID | None] = mapped_column(default=None)
    kind: Mapped[str] = mapped_column(default=Kind.INFORMAL_RESOLUTION)
    state: Mapped[str | None] = mapped_column(nullable=False, init=False, default=None)
    theme: Mapped[str]
    team: Mapped[str | None] = mapped_column(default=None)
    severity: Mapped[str | None] = mapped_column(default=None)
    concern: Mapped[str | None] = mapped_column(default=None)
    asked_for: Mapped[str | None] = mapped_column(default=None)
    needed_on: Mapped[date | None] = mapped_column(default=None)
    arises_from: Mapped[str | None] = mapped_column(default=None)
    arises_from_id: Mapped[UUID | None] = mapped_column(default=None)
    raised_as: Mapped[str | None] = mapped_column(default=None)
    ladder: Mapped[str | None] = mapped_column(init=False, default=None)
    stage: Mapped[str | None] = mapped_column(init=False, default=None)
    stage_id: Mapped[UUID | None] = mapped_column(init=False, default=None)
    deadline_id: Mapped[UUID | None] = mapped_column(default=None)
    deadline_version: Mapped[int | None] = mapped_column(default=None)
    timescale: Mapped[str | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    suggested_at: Mapped[datetime | None] = mapped_column(default=None)
    raised_by: Mapped[str | None] = mapped_column(default=None)
    raised_at: Mapped[datetime | None] = mapped_column(default=None)
    formal_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    settled_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    plan_changed: Mapped[str | None] = mapped_column(default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=0)

    @classmethod
    def raised(
        cls, authority: str, child_id: UUID | None, concern: Concern, by: str, at: datetime
    ) -> tuple[Self, EscalationStep]:
        """A challenge that a person raises; it is then put on its ladder."""
        new = cls(authority_id=authority, child_id=child_id, raised_by=by, raised_at=at, **asdict(concern))
        return new, new.step(Verb.RAISE, by, at)

    @classmethod
    def praise(
        cls, authority: str, child_id: UUID | None, concern: Concern, by: str, at: datetime
    ) -> tuple[Self, EscalationStep]:
        """Good practice, recorded: it has no clock and climbs nothing."""
        new = cls(authority_id=authority, child_id=child_id, raised_by=by, raised_at=at, **asdict(concern))
        new.kind = Kind.GOOD_PRACTICE
        return new, new.step(Verb.RECORD, by, at)

    @classmethod
    def suggested(cls, authority: str, breached: Breached, at: datetime) -> tuple[Self, EscalationStep]:
        """What Duecare suggests because of a breach; it waits for a person."""
        why = asdict(breached)
        new = cls(authority_id=authority, theme=DEADLINE_BREACHED, suggested_at=at, **why)
        new.arises_from, new.arises_from_id = Source.BREACH, breached.deadline_id
        return new, new.step(Verb.SUGGEST, None, at, breached.reason)

    def accept(
        self, by: str | None, at: datetime, raised_as: RaisedAs | None = None, concern: str | None = None
    ) -> EscalationStep:
        """The suggestion is taken up: from now on it is raised. By nobody where the council's policy opens it."""
        step = self.step(Verb.ACCEPT, by, at)
        self.raised_by, self.raised_at = by, at
        self.raised_as, self.concern = raised_as, concern
        return step

    def dismiss(self, by: str, at: datetime, reason: str) -> EscalationStep:
        """A person decides against the suggestion."""
        return self.step(Verb.DISMISS, by, at, reason)

    def lapse(self, at: datetime, reason: str) -> EscalationStep:
        """What was suggested has lost its ground, or was never taken up."""
        return self.step(Verb.LAPSE, None, at, reason)

    def resolve(
        self, by: str, at: datetime, outcome: str, plan_changed: str | None = None, *, partly: bool = False
    ) -> EscalationStep:
        """The concern is put right, or part of it is."""
        step = self.step(Verb.RESOLVE_PARTLY if partly else Verb.RESOLVE, by, at, outcome)
        self.outcome, self.plan_changed, self.resolved_at = outcome, plan_changed, at
        self.closed_at = at
        if self.settled_at is None:
            self.settle(at)
        return step

    def let_go(self, verb: Verb, by: str, at: datetime, reason: str) -> EscalationStep:
        """It is withdrawn, or superseded because the child has left care or the plan has ended. What is let go was not
        settled."""
        step = self.step(verb, by, at, reason)
        self.closed_at = at
        return step

    def reopen(self, by: str, at: datetime, reason: str) -> EscalationStep:
        """It was not at an end after all: the clock of the whole formal process runs on from where it began."""
        step = self.step(Verb.REOPEN, by, at, reason)
        self.outcome = self.plan_changed = self.resolved_at = self.settled_at = self.closed_at = None
        return step

    def step(
        self,
        verb: Verb,
        by: str | None,
        at: datetime,
        reason: str | None = None,
        about_id: UUID | None = None,
    ) -> EscalationStep:
        """Do it. Raises TransitionRefused, saying what is possible instead."""
        before, after = self.standing, next_state(self.standing, verb)
        self.state = after
        return self.note(verb, by, at, reason, about_id, before=before)

    def note(
        self,
        verb: str,
        by: str | None,
        at: datetime,
        reason: str | None = None,
        about_id: UUID | None = None,
        due_on: date | None = None,
        before: State | None = None,
    ) -> EscalationStep:
        """Keep on record what was done; with a part of the escalation, where its state stays."""
        self.version += 1
        return EscalationStep(
            authority_id=self.authority_id,
            escalation_id=self.id,
            version=self.version,
            verb=verb,
            taken_by=by,
            taken_at=at,
            from_state=before if before or self.version == 1 else self.state,
            to_state=self.state or "",
            reason=reason,
            stage=self.stage,
            about_id=about_id,
            due_on=due_on,
        )

    def stand_at(self, ladder: str, stage: str, formal: bool, stage_id: UUID, at: datetime) -> None:
        """It stands at this stage from now on; at the first formal one, the clock of the whole process starts."""
        self.ladder, self.stage, self.stage_id, self.settled_at = ladder, stage, stage_id, None
        if formal:
            self.kind, self.formal_at = Kind.PRACTICE_ALERT, self.formal_at or at

    def settle(self, at: datetime) -> None:
        """An answer is accepted in full, or the concern is put right: the formal part is at an end."""
        if self.formal_at is not None:
            self.settled_at = at

    @property
    def standing(self) -> State | None:
        """Its state; None before it exists."""
        return None if self.state is None else State(self.state)

    @property
    def possible(self) -> list[Verb]:
        """What a person can do with it now, as far as its state says."""
        return possible(self.standing)

    @classmethod
    def ids_about(cls, children: Collection[UUID]) -> Select[UUID]:
        """Those that are about any of these children."""
        about = EscalationChild.__table__.c
        return select(about.escalation_id).where(about.child_id.in_(children))
