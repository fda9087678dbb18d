"""A midpoint check: the officer's or the chair's look, between meetings, at whether the plan is carried out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.midpoint_checks.findings import Finding
from services.reviews_api.midpoint_checks.states import MIDPOINT_CHECK, CheckStatus, CheckVerb
from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact

OF_OFFICERS, OF_CHAIRS = "midpoint_check.completed", "chair_midpoint_check.completed"


class MidpointCheck(Recorded, Base, kw_only=True):
    """A reviewing officer's, in a care period, or a conference chair's, in a child's protection. `planned_on`,
    `completed_on` and `cancelled_on` are London dates; `officer` is the case system's reference of either."""

    __tablename__ = "midpoint_check"
    noun: ClassVar[str] = "midpoint check"
    tells: ClassVar[tuple[str, ...]] = (OF_OFFICERS, OF_CHAIRS)

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID | None] = mapped_column(default=None)
    protection_id: Mapped[UUID | None] = mapped_column(default=None)
    officer: Mapped[str]
    status: Mapped[str] = mapped_column(default=CheckStatus.PLANNED)
    planned_on: Mapped[date | None] = mapped_column(default=None)
    completed_on: Mapped[date | None] = mapped_column(default=None)
    finding: Mapped[str | None] = mapped_column(default=None)
    looked_at: Mapped[list[str]] = mapped_column(default_factory=list)
    drifted: Mapped[list[str]] = mapped_column(default_factory=list)
    done: Mapped[list[str]] = mapped_column(default_factory=list)
    cancelled_on: Mapped[date | None] = mapped_column(default=None)
    cancelled_because: Mapped[str | None] = mapped_column(default=None)

    @property
    def history_id(self) -> UUID:
        """The care period's or the protection's; it has one of the two."""
        found = self.care_period_id or self.protection_id
        assert found is not None
        return found

    @property
    def found_drift(self) -> bool:
        """Whether there is something to take up with those responsible."""
        return self.stands and self.finding == Finding.DRIFT

    def complete(
        self,
        completed_on: date,
        finding: Finding,
        looked_at: Sequence[str],
        drifted: Sequence[str],
        done: Sequence[str],
    ) -> None:
        """The officer has looked. Raises TransitionRefused unless the check is planned."""
        self.status = MIDPOINT_CHECK.next(self.status, CheckVerb.COMPLETE)
        self.completed_on, self.finding = completed_on, finding
        self.looked_at, self.drifted, self.done = list(looked_at), list(drifted), list(done)
        self.version += 1

    def cancel(self, because: str, on: date) -> None:
        """It did not take place, as is known from this London date on. Raises TransitionRefused unless planned."""
        self.status = MIDPOINT_CHECK.next(self.status, CheckVerb.CANCEL)
        self.cancelled_because, self.cancelled_on = because, on
        self.version += 1

    def facts(self) -> Iterator[NewFact]:
        """What the check tells the engine, once it was made."""
        if self.completed_on is not None:
            kind = OF_CHAIRS if self.care_period_id is None else OF_OFFICERS
            yield NewFact(self.history_id, self.child_id, kind, self.id, self.completed_on, codes={})
