"""A child protection plan: one unbroken time on a plan, and what it says to the engine."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.protection_plans.states import PLAN, PlanStatus, Verb
from services.reviews_api.record import Given, Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact
from shared.http.versions import Saved

TELLS = ("plan.started", "plan.ended")


class ProtectionPlan(Recorded, Base, kw_only=True):
    """`started_on` and `ended_on` are London dates, never the same. `conference_id` is the conference that made the
    plan. The categories are those of the CIN census."""

    __tablename__ = "protection_plan"
    noun: ClassVar[str] = "protection plan"

    child_id: Mapped[UUID]
    history_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(default=PlanStatus.RUNNING)
    conference_id: Mapped[UUID | None] = mapped_column(default=None)
    started_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    initial_category: Mapped[str]
    latest_category: Mapped[str]
    end_reason: Mapped[str | None] = mapped_column(default=None)
    previous_plans_elsewhere: Mapped[int] = mapped_column(default=0)
    source: Mapped[str | None] = mapped_column(default=None)

    def covers(self, day: date) -> bool:
        """Whether the child was on this plan on a London date; on the day it ends too."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def end(self, on: date, reason: str) -> None:
        """The child came off the plan. Raises TransitionRefused unless it runs."""
        self.status = PlanStatus(PLAN.next(self.status, Verb.END))
        self.ended_on, self.end_reason = on, reason
        self.version += 1


@dataclass(slots=True)
class ToldPlan:
    """A plan as the engine is told of it: whether the child was unborn when it started hangs on the birth."""

    plan: ProtectionPlan
    born_on: date | None
    authority_id: str = field(init=False)
    id: UUID = field(init=False)
    tells: ClassVar[tuple[str, ...]] = TELLS

    def __post_init__(self) -> None:
        self.authority_id, self.id = self.plan.authority_id, self.plan.id

    @property
    def stands(self) -> bool:
        """Whether nobody has said that the plan was a mistake."""
        return self.plan.stands

    @property
    def noun(self) -> str:
        """The plan's own."""
        return self.plan.noun

    def withdraw(self, because: str, at: datetime, given: Given) -> Saved:
        """The plan was a mistake, as is known from this UTC instant on."""
        return self.plan.withdraw(because, at, given)

    def facts(self) -> Iterator[NewFact]:
        """What the plan tells the engine."""
        plan = self.plan
        unborn = {} if self.born_on is None else {"unborn": "yes" if plan.started_on < self.born_on else "no"}
        codes = unborn | ({"source": plan.source} if plan.source else {})
        yield NewFact(plan.history_id, plan.child_id, "plan.started", plan.id, plan.started_on, codes=codes)
        if plan.ended_on is not None:
            yield NewFact(plan.history_id, plan.child_id, "plan.ended", plan.id, plan.ended_on)
