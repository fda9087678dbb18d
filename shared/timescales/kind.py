"""What a kind of fact is, and a kind of history: how closely a fact is dated, and what it leaves standing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Precision(StrEnum):
    """How closely something is dated: to the day in London, to the instant, or to the day and perhaps the instant."""

    DAY = "day"
    INSTANT = "instant"
    EITHER = "either"


# The rank of what ends a stretch that another may follow, and of what begins one.
ENDS, BEGINS = 0, 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact.

    `occasion` completes the sentence "Day 0 is ...". `codes` are the codes that such a fact may carry. Those in
    `stands` hold from then on for the whole history, until a fact of the same kind, or one that `clears` them.
    `marks` are codes that hold merely because it happened. An `early` fact counts although it lies before its
    history opened. A `planned` one may lie in the future. `about` names the kind of record that the fact belongs
    to where that is not its own; `derived` is worked out by the engine and never told. Facts of one day are taken
    in the order of their `rank`: what ends a stretch that another may follow, what begins one, all else, and last
    what closes a history.
    """

    occasion: str
    histories: tuple[str, ...] = ("care_period",)
    precision: Precision = Precision.DAY
    codes: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    clears: tuple[str, ...] = ()
    about: str | None = None
    early: bool = False
    planned: bool = False
    derived: bool = False
    rank: int = 2


@dataclass(frozen=True, slots=True)
class HistoryKind:
    """A history of facts from which deadlines are worked out: what it is, and the facts that open and close it.

    Where `opens` or `closes` is set, nothing outside the two starts a clock, but for what is planned for a day to
    come. `of_child` is whether it concerns a child; the others concern an officer.
    """

    title: str
    opens: str | None = None
    closes: str | None = None
    of_child: bool = True
