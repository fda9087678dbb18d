"""A dip sample: one question asked of some children's records, drawn by lot, and the children who were drawn."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.dip_samples.states import DIP_SAMPLE, State, Verb
from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact

LOT = ("question", "drawn_on", "population", "officer", "size", "seed", "whole")
"""What decides which children are asked what: with another of these, the sample is another."""


class Population(StrEnum):
    """Of whom a sample is drawn."""

    IN_CARE = "in_care"
    ON_PROTECTION_PLAN = "on_protection_plan"


class Answer(StrEnum):
    """What was found on one child's record."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class DipSample(Recorded, Base, kw_only=True):
    """`drawn_on` is the London date of the population, `closed_on` one too. `draw` counts the draws: an earlier one
    is kept. `drawn_from` is how many children there were to draw from."""

    __tablename__ = "dip_sample"
    noun: ClassVar[str] = "dip sample"
    tells: ClassVar[tuple[str, ...]] = ()

    title: Mapped[str]
    question: Mapped[str]
    drawn_on: Mapped[date]
    population: Mapped[str]
    officer: Mapped[str | None] = mapped_column(default=None)
    size: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    whole: Mapped[bool]
    state: Mapped[str] = mapped_column(default=State.DRAWN)
    draw: Mapped[int] = mapped_column(default=1)
    drawn_from: Mapped[int]
    closed_on: Mapped[date | None] = mapped_column(default=None)

    def is_another_lot(self, values: Mapping[str, Any]) -> bool:
        """Whether these values ask something else, or of other children."""
        return any(getattr(self, name) != values[name] for name in LOT)

    def answer(self) -> None:
        """Somebody looked at a child's record. Raises TransitionRefused once the sample is closed."""
        then = DIP_SAMPLE.next(self.state, Verb.ANSWER)
        if then != self.state:
            self.state = then
            self.version += 1

    def close(self, on: date) -> None:
        """No more answers from this London date on. Raises TransitionRefused before any, or once closed."""
        self.state, self.closed_on = DIP_SAMPLE.next(self.state, Verb.CLOSE), on
        self.version += 1

    def facts(self) -> Iterable[NewFact]:
        """None: a sample bears on no date."""
        return ()


class DipSampleChild(Base, kw_only=True):
    """A child who was drawn, in which place, and what was found. `answered_at` is a UTC instant, `answered_by` the
    subject of whoever looked; version 0 is a child not looked at yet."""

    __tablename__ = "dip_sample_child"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    dip_sample_id: Mapped[UUID] = mapped_column(primary_key=True)
    draw: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    answer: Mapped[str | None] = mapped_column(default=None)
    findings: Mapped[list[str]] = mapped_column(default_factory=list)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=0)

    def says(self, answer: str, findings: list[str]) -> bool:
        """Whether just this was found before."""
        return (self.answer, self.findings) == (answer, findings)

    def look(self, answer: str, findings: list[str], at: datetime, by: str) -> None:
        """Somebody looked at the record at this UTC instant."""
        self.answer, self.findings = answer, findings
        self.answered_at, self.answered_by = at, by
        self.version += 1
