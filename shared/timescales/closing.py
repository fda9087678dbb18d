"""What became of a clock, as the facts tell it: met, met late, ended, let go, or still open."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.timescales.facts import Fact
from shared.timescales.kind import Precision
from shared.timescales.opening import Opened
from shared.timescales.relief import EXEMPTION
from shared.timescales.timescale import Passing


class Outcome(StrEnum):
    """What the facts say of a deadline. Whether an open one is overdue is for whoever holds a clock.

    `passed` is no breach: the time went by in silence that agrees, or it was a mark that was reached.
    """

    OPEN = "open"
    MET = "met"
    MET_LATE = "met_late"
    ENDED = "ended"
    ENDED_UNMET = "ended_unmet"
    PASSED = "passed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Closure:
    """The outcome, the London date of the fact that decided it, and that fact's kind."""

    outcome: Outcome
    on: date | None = None
    by: str | None = None


STILL_OPEN = Closure(Outcome.OPEN)


def close(opened: Opened) -> Closure:
    """The closure of a clock. On the same day, a fact that meets it wins over one that cancels it."""
    stop, cancel = opened.stop, opened.cancel
    if stop is not None and cancel is not None and _precedes(cancel, stop, opened.timescale.precision):
        stop = None
    if stop is not None and _in_time(stop, opened):
        return Closure(Outcome.MET, stop.on, stop.kind)
    if opened.waived is not None:
        return Closure(Outcome.WAIVED, opened.waived.on, EXEMPTION)
    decisive = stop or cancel
    if decisive is None:
        return STILL_OPEN
    if stop is None and _in_time(decisive, opened):
        return Closure(Outcome.ENDED, decisive.on, decisive.kind)
    if opened.timescale.passing is not Passing.BREACH:
        return Closure(Outcome.PASSED, opened.due.on, opened.timescale.passing.value)
    return Closure(Outcome.MET_LATE if stop else Outcome.ENDED_UNMET, decisive.on, decisive.kind)


def _precedes(cancel: Fact, stop: Fact, precision: Precision) -> bool:
    if precision is Precision.INSTANT and cancel.at is not None and stop.at is not None:
        return cancel.at < stop.at
    return cancel.on < stop.on


def _in_time(fact: Fact, opened: Opened) -> bool:
    if opened.timescale.precision is Precision.INSTANT and fact.at is not None:
        return fact.at <= opened.due.at
    return fact.on <= opened.due.on
