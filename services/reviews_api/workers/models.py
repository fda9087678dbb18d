"""Somebody who works for the council, and what an officer's own history begins and ends with."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import JSONB, Base
from shared.deadlines.facts import NewFact


class WorkerRole(StrEnum):
    """What somebody works as."""

    IRO = "iro"
    CP_CHAIR = "cp_chair"
    CIN_IRO = "cin_iro"
    IRO_MANAGER = "iro_manager"
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    SENIOR_MANAGER = "senior_manager"
    BUSINESS_SUPPORT = "business_support"


OFFICERS = frozenset({WorkerRole.IRO, WorkerRole.CP_CHAIR, WorkerRole.CIN_IRO})
"""Those who are owed supervision and observation, and who hold a caseload."""


class Worker(Recorded, Base, kw_only=True):
    """`started_on` and `left_on` are London dates, the last day included; `fte` is the share of full time, and
    `subject` the name by which the worker's tokens know them. `earlier` is how it was before, oldest first: a team and
    a share of full time, each with its last London date. `email` is where a digest is sent to, if they
    want a `digest`. An officer's id is also the id of their history."""

    __tablename__ = "worker"
    noun: ClassVar[str] = "worker"
    tells: ClassVar[tuple[str, ...]] = ("officer.started", "officer.left")

    role: Mapped[str]
    team: Mapped[str | None] = mapped_column(default=None)
    fte: Mapped[Decimal] = mapped_column(Numeric(3, 2), default=Decimal(1))
    earlier: Mapped[list[dict[str, str | None]]] = mapped_column(JSONB, default_factory=list)
    started_on: Mapped[date]
    left_on: Mapped[date | None] = mapped_column(default=None)
    subject: Mapped[str | None] = mapped_column(default=None)
    display_name: Mapped[str | None] = mapped_column(default=None)
    email: Mapped[str | None] = mapped_column(default=None, repr=False)
    digest: Mapped[bool] = mapped_column(default=True)

    @property
    def is_officer(self) -> bool:
        """Whether they hold a caseload of their own and have a history as an officer."""
        return self.role in OFFICERS

    def worked_on(self, day: date) -> bool:
        """Whether they were in post on this London date."""
        return self.started_on <= day and (self.left_on is None or day <= self.left_on)

    def post_on(self, day: date) -> tuple[str | None, Decimal]:
        """Their team and their share of full time on this London date."""
        for each in self.earlier:
            if day.isoformat() <= str(each["until_on"]):
                return each["team"], Decimal(str(each["fte"]))
        return self.team, self.fte

    def facts(self) -> Iterator[NewFact]:
        """What an officer's record tells the engine; that of other workers tells nothing."""
        if self.is_officer:
            yield self._fact("officer.started", self.started_on)
            if self.left_on is not None:
                yield self._fact("officer.left", self.left_on)

    def _fact(self, kind: str, on: date) -> NewFact:
        return NewFact(self.id, None, kind, self.id, on)
