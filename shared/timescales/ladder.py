"""A council's ladder of escalation: its stages, who answers each within how long, and the clocks that follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.timescales.escalation_kinds import (
    ACCEPTED,
    ANSWERED,
    CLOSED,
    DECIDED,
    ESCALATION,
    STAGE_CLOSED,
    STAGE_OPENED,
)
from shared.timescales.periods import Notice, Period, WorkingDays
from shared.timescales.timescale import Basis, Cancels, InForce, OnBreach, Starts, Stops, Timescale


class Silence(StrEnum):
    """What an unanswered stage does: the officer may go on, or Duecare goes on by itself."""

    ENABLE = "enable"
    PERFORM = "perform"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a ladder: who answers (in words, and by the roles of the tokens that may), within how long, and
    what silence does. `copied` are those, in words, who are told of it."""

    code: str
    title: str
    formal: bool
    responder: str
    roles: tuple[str, ...]
    limit: Period
    warn: tuple[Notice, ...]
    silence: Silence
    copied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """So many breaches of one timescale of one child, within so many months, suggest a practice alert rather than a
    quiet word."""

    times: int
    months: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """The stages from the lowest to the highest, in force from `first_day` (London) until a later one is.

    `chairs` is whether child protection chairs use it too, `decide` how long the officer has to decide on an answer,
    `follow_up` how long it may take from an accepted answer to the recorded outcome. A suggestion that nobody took
    up lapses after `lapses`. `ends` says where it ends for a child who is not looked after.
    """

    code: str
    title: str
    first_day: date
    stages: tuple[Stage, ...]
    basis: Basis
    source: str
    confirmed: bool
    note: str | None
    chairs: bool
    decide: Period
    follow_up: Period
    lapses: WorkingDays
    repeated: Repeated | None
    second_approver: bool
    ends: str

    def find(self, code: str) -> Stage | None:
        """The stage with this code, or None."""
        return next((stage for stage in self.stages if stage.code == code), None)

    def after(self, code: str) -> Stage | None:
        """The next stage up, or None at the top. Raises KeyError for a stage that it does not have."""
        return next(iter(self.stages[self._place(code) + 1 :]), None)

    def is_above(self, code: str, other: str) -> bool:
        """Whether the first of two stages stands above the second. Raises KeyError for one it does not have."""
        return self._place(code) > self._place(other)

    @property
    def first(self) -> Stage:
        """The lowest stage."""
        return self.stages[0]

    @property
    def first_formal(self) -> Stage:
        """The lowest of the formal stages."""
        return next(stage for stage in self.stages if stage.formal)

    def clock_of(self, stage: Stage) -> str:
        """The code of the timescale within which a stage must be answered."""
        return f"alert-{self.code}-{stage.code.replace('_', '-')}"

    @property
    def decision_clock(self) -> str:
        """The code of the timescale within which the officer must decide on an answer."""
        return f"alert-{self.code}-decision"

    @property
    def outcome_clock(self) -> str:
        """The code of the timescale within which the outcome of an accepted answer must be recorded."""
        return f"alert-{self.code}-outcome"

    def timescales(self) -> tuple[Timescale, ...]:
        """Its clocks: one for each stage, one for the officer's decision, one for the outcome."""
        return tuple(self._clocks())

    def _clocks(self) -> Iterator[Timescale]:
        closed = (Cancels(STAGE_CLOSED, same_record=True),)
        for each in self.stages:
            opened = Starts(STAGE_OPENED, when={"ladder_stage": (f"{self.code}.{each.code}",)})
            answered = Stops(ANSWERED, same_record=True)
            yield self._clock(
                self.clock_of(each), f"{each.title} answered", opened, each.limit, answered, closed, each.warn
            )
        mine = {"ladder": (self.code,)}
        yield self._clock(
            self.decision_clock,
            "Answer to an alert decided on",
            Starts(ANSWERED, when=mine),
            self.decide,
            Stops(DECIDED, same_record=True),
            closed,
        )
        yield self._clock(
            self.outcome_clock,
            "Outcome of an alert recorded",
            Starts(ACCEPTED, when=mine),
            self.follow_up,
            Stops(CLOSED),
            (*closed, Cancels(STAGE_OPENED)),  # it went up after all
        )

    def _clock(
        self,
        code: str,
        title: str,
        starts: Starts,
        limit: Period,
        stops: Stops,
        cancels: tuple[Cancels, ...],
        warn: tuple[Notice, ...] = (),
    ) -> Timescale:
        return Timescale(
            code=code,
            title=title,
            histories=(ESCALATION,),
            starts=(starts,),
            limit=limit,
            stops=stops,
            cancels=cancels,
            when={},
            unless={},
            warn=warn,
            basis=self.basis,
            source=self.source,
            in_force=(InForce(self.first_day),),
            confirmed=self.confirmed,
            on_breach=OnBreach.NONE,
        )

    def _place(self, code: str) -> int:
        for place, stage in enumerate(self.stages):
            if stage.code == code:
                return place
        raise KeyError(code)
