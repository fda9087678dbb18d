"""An audit: how good the work on one child's case was found to be, and what is to be done about it."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.audits.states import AUDIT, State, Verb
from services.reviews_api.record import Recorded
from shared.db.base import JSONB, Base
from shared.deadlines.facts import NewFact
from shared.refusals import TransitionRefused


class Grade(StrEnum):
    """Ofsted's four judgements; see shared/codes/audit_grade.toml."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"


class Audit(Recorded, Base, kw_only=True):
    """`planned_on`, `done_on` and `actions_closed_on` are London dates; `auditor` is your reference of whoever looked.

    A finding is {code, text}, an action {code, text, due_on, done_on}, with ISO dates; `next_action_due_on` is the
    nearest date of an action not done."""

    __tablename__ = "audit"
    noun: ClassVar[str] = "audit"
    tells: ClassVar[tuple[str, ...]] = ()

    child_id: Mapped[UUID]
    auditor: Mapped[str]
    scope: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.PLANNED)
    planned_on: Mapped[date | None] = mapped_column(default=None)
    done_on: Mapped[date | None] = mapped_column(default=None)
    grade: Mapped[str | None] = mapped_column(default=None)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default_factory=list)
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default_factory=list)
    next_action_due_on: Mapped[date | None] = mapped_column(default=None)
    actions_closed_on: Mapped[date | None] = mapped_column(default=None)

    def complete(self, values: dict[str, Any]) -> None:
        """The case was looked at: the date, grade, findings and actions. Raises TransitionRefused once it was."""
        self.state = AUDIT.next(self.state, Verb.COMPLETE)
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1

    def close_actions(self, on: date) -> None:
        """All that was asked for is done. Raises TransitionRefused where it is not, or before the audit."""
        then = AUDIT.next(self.state, Verb.CLOSE_ACTIONS)
        if self.next_action_due_on is not None:
            raise TransitionRefused(
                "Some actions are not done: PUT the audit with the day of each, then close them.",
                code="actions_open",
            )
        self.state, self.actions_closed_on = then, on
        self.version += 1

    def actions_done_on(self) -> list[date]:
        """The London dates on which its actions were done, so far."""
        return [date.fromisoformat(each["done_on"]) for each in self.actions if each["done_on"]]

    def facts(self) -> Iterable[NewFact]:
        """None: an audit bears on no date that the law or the council promised to the child."""
        return ()


def nearest_due(actions: Sequence[dict[str, Any]]) -> date | None:
    """The nearest date of an action that is not done."""
    days = [date.fromisoformat(each["due_on"]) for each in actions if each["done_on"] is None]
    return min(days, default=None)
