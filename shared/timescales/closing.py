"""What became of a clock, as the facts tell it: met, met late, ended, or still open."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.timescales.facts import Fact, Precision
from shared.timescales.opening import Opened
from shared.timescales.timeline import Timeline


class Outcome(StrEnum):
    """What the facts say of a deadline. Whether an open one is overdue is for whoever holds a clock."""

    OPEN = "open"
    MET = "met"
    MET_LATE = "met_late"
    ENDED = "ended"
    ENDED_UNMET = "ended_unmet"


@dataclass(frozen=True, slots=True)
class Closure:
    """The outcome, the London date of the fact that decided it, and that fact's kind."""

    outcome: Outcome
    on: date | None = None
    by: str | None = None


def close(opened: Opened, timeline: Timeline) -> Closure:
    """The closure of a clock. On the same day, a fact that meets it wins over one that cancels it."""
    stop = timeline.stop(opened.timescale, opened.start)
    cancel = timeline.cancel(opened.timescale, opened.start)
    if cancel is not None and (stop is None or _precedes(cancel, stop, opened.timescale.precision)):
        outcome = Outcome.ENDED if _in_time(cancel, opened) else Outcome.ENDED_UNMET
        return Closure(outcome, cancel.on, cancel.kind)
    if stop is not None:
        return Closure(Outcome.MET if _in_time(stop, opened) else Outcome.MET_LATE, stop.on, stop.kind)
    return Closure(Outcome.OPEN)


def _precedes(cancel: Fact, stop: Fact, precision: Precision) -> bool:
    if precision is Precision.INSTANT and cancel.at is not None and stop.at is not None:
        return cancel.at < stop.at
    return cancel.on < stop.on


def _in_time(fact: Fact, opened: Opened) -> bool:
    if opened.timescale.precision is Precision.INSTANT and fact.at is not None:
        return fact.at <= opened.due.at
    return fact.on <= opened.due.on
