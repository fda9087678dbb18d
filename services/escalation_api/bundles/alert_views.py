"""What a bundle says of an escalation: its steps, its stages, the answers to it and what was promised."""

from datetime import date, datetime
from uuid import UUID

from shared.http.fields import View


class BundleStage(View):
    """One visit of a stage of the ladder, who was to answer there, and its instants (UTC)."""

    stage: str
    title: str
    responder: str | None
    formal: bool
    opened_at: datetime
    answered_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None


class BundleStep(View):
    """Who did what, when (UTC) and why, and at which stage it stood then; by nobody where the service itself did."""

    verb: str
    words: str
    stage: str | None
    taken_by: str | None
    taken_at: datetime
    to_state: str
    reason: str | None


class BundleAnswer(View):
    """An answer that was sent, at which stage, and what the officer decided on it. Instants are UTC."""

    stage: str
    answer: str
    sent_by: str | None
    sent_at: datetime | None
    state: str
    decided_by: str | None
    decided_at: datetime | None
    decided_because: str | None


class BundlePromise(View):
    """An action that was promised for a London date, and what became of it."""

    action: str
    by_whom: str | None
    due_on: date
    state: str
    overdue: bool
    done_on: date | None
    dropped_on: date | None
    ended_because: str | None
    plan_changed: str | None


class BundleAlert(View):
    """An escalation that was raised for the child. `siblings` counts the other children it is about, who are told of
    only where they are referred too."""

    id: UUID
    referred_from: bool
    kind: str
    theme: str
    title: str
    severity: str | None
    concern: str | None
    asked_for: str | None
    needed_on: date | None
    state: str
    siblings: int
    raised_by: str | None
    raised_at: datetime
    formal_at: datetime | None
    settled_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    plan_changed: str | None
    stages: list[BundleStage]
    steps: list[BundleStep]
    answers: list[BundleAnswer]
    promises: list[BundlePromise]
