"""What was promised in an answer that the officer accepted: a dated item that is followed to its end."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id
from shared.lifecycle import Lifecycle


class PromiseState(StrEnum):
    """Where a promise stands."""

    PROMISED = "promised"
    DONE = "done"
    DROPPED = "dropped"


class PromiseVerb(StrEnum):
    """What is done with a promise."""

    PROMISE = "promise"
    MOVE = "move"
    KEEP = "keep"
    DROP = "drop"


PROMISE = Lifecycle(
    noun="promise",
    steps={
        None: {PromiseVerb.PROMISE: PromiseState.PROMISED},
        PromiseState.PROMISED: {
            PromiseVerb.MOVE: PromiseState.PROMISED,
            PromiseVerb.KEEP: PromiseState.DONE,
            PromiseVerb.DROP: PromiseState.DROPPED,
        },
        PromiseState.DONE: {},
        PromiseState.DROPPED: {},
    },
    done={
        PromiseVerb.PROMISE: "promised",
        PromiseVerb.MOVE: "moved",
        PromiseVerb.KEEP: "kept",
        PromiseVerb.DROP: "dropped",
    },
    reactions=frozenset({PromiseVerb.PROMISE}),
)


class Promise(Base, kw_only=True):
    """An action promised for a day. `due_on`, `done_on` and `dropped_on` are London dates; `plan_changed` says whether
    it changed the child's plan, `by_whom` who is to do it, in the words of the answer."""

    __tablename__ = "escalation_promise"
    __table_args__ = (
        ForeignKeyConstraint(["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"]),
    )

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    escalation_id: Mapped[UUID]
    response_id: Mapped[UUID]
    action: Mapped[str]
    by_whom: Mapped[str | None] = mapped_column(default=None)
    due_on: Mapped[date]
    promised_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(init=False, default=PromiseState.PROMISED)
    done_on: Mapped[date | None] = mapped_column(init=False, default=None)
    dropped_on: Mapped[date | None] = mapped_column(init=False, default=None)
    ended_because: Mapped[str | None] = mapped_column(init=False, default=None)
    ended_by: Mapped[str | None] = mapped_column(init=False, default=None)
    plan_changed: Mapped[str | None] = mapped_column(init=False, default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    def move(self, due_on: date) -> None:
        """It is promised for another day."""
        self._take(PromiseVerb.MOVE)
        self.due_on = due_on

    def keep(self, on: date, by: str, evidence: str, plan_changed: str | None) -> None:
        """It was done."""
        self._take(PromiseVerb.KEEP)
        self.done_on, self.ended_by, self.ended_because, self.plan_changed = on, by, evidence, plan_changed

    def drop(self, on: date, by: str, reason: str) -> None:
        """It is not needed any more."""
        self._take(PromiseVerb.DROP)
        self.dropped_on, self.ended_by, self.ended_because = on, by, reason

    @property
    def possible(self) -> list[str]:
        """What a person can do with it now."""
        return PROMISE.possible(self.state)

    def _take(self, verb: PromiseVerb) -> None:
        self.state = PROMISE.next(self.state, verb)
        self.version += 1
