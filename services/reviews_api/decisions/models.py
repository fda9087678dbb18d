"""A decision of a review, and its own rules."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.decisions.states import DECISION, DecisionState, Verb
from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact


class Decision(Recorded, Base, kw_only=True):
    """`what` is free text and never leaves the record; `owner` is the case system's reference of whoever is to do it.
    All dates are London's. `carried_from_id` is the decision of an earlier review that this one takes up again."""

    __tablename__ = "review_decision"
    noun: ClassVar[str] = "decision"
    tells: ClassVar[tuple[str, ...]] = ()

    child_id: Mapped[UUID]
    review_id: Mapped[UUID]
    what: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default=DecisionState.OPEN)
    started_on: Mapped[date | None] = mapped_column(default=None)
    done_on: Mapped[date | None] = mapped_column(default=None)
    dropped_because: Mapped[str | None] = mapped_column(default=None)
    carried_from_id: Mapped[UUID | None] = mapped_column(default=None)

    def start(self, on: date) -> None:
        """Somebody began to carry it out. Like every verb here, it raises TransitionRefused where the state does
        not allow it."""
        self._step(Verb.START)
        self.started_on = on

    def finish(self, on: date) -> None:
        """It was carried out."""
        self._step(Verb.FINISH)
        self.done_on = on

    def drop(self, because: str) -> None:
        """It will not be carried out, for this reason."""
        self._step(Verb.DROP)
        self.dropped_because = because

    def facts(self) -> Iterable[NewFact]:
        """None: no timescale asks for a decision."""
        return ()

    def _step(self, verb: Verb) -> None:
        self.state = DECISION.next(self.state, verb)
        self.version += 1
