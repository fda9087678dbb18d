"""One history in order: which facts start a clock, which stop it, which cancel it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from shared.timescales.facts import EARLY_KINDS, HISTORIES, Fact, Precision
from shared.timescales.timescale import Nth, Timescale

_NTH = {Nth.FIRST: slice(0, 1), Nth.EACH: slice(None), Nth.AFTER_FIRST: slice(1, None)}


class Timeline:
    """The facts of one history by kind, each kind in order, however they arrived."""

    def __init__(self, history: Iterable[Fact]) -> None:
        self._kinds: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(history, key=lambda fact: fact.order):
            self._kinds[fact.kind].append(fact)

    def starts(self, timescale: Timescale) -> Sequence[Fact]:
        """The facts that start this timescale's clock, none from outside the history's own span."""
        inside = self._inside(timescale.starts.fact, timescale.history)
        return [fact for fact in inside[_NTH[timescale.starts.nth]] if timescale.applies_to(fact.codes)]

    def stop(self, timescale: Timescale, start: Fact) -> Fact | None:
        """The fact that meets the deadline, if any: one already there if the row allows it, else the next."""
        stops = self._kinds.get(timescale.stops.fact, [])
        if timescale.stops.same_record:
            stops = [fact for fact in stops if fact.record == start.record]
        before = [fact for fact in stops if not follows(fact, start, timescale.precision)]
        if before and timescale.stops.already:
            return before[-1]
        return stops[len(before)] if len(stops) > len(before) else None

    def cancel(self, timescale: Timescale, start: Fact) -> Fact | None:
        """The first fact after the start that ends the clock without meeting it, if any."""
        found = [self._first_after(kind, start, timescale.precision) for kind in timescale.cancels]
        return min((fact for fact in found if fact), key=lambda fact: fact.order, default=None)

    def _inside(self, kind: str, history: str) -> Sequence[Fact]:
        opens, closes = HISTORIES[history]
        first = min(
            (fact.on for fact in self._kinds.get(opens, ()) if kind not in EARLY_KINDS), default=date.min
        )
        last = min((fact.on for fact in self._kinds.get(closes, ())), default=date.max)
        return [fact for fact in self._kinds.get(kind, ()) if first <= fact.on <= last]

    def _first_after(self, kind: str, start: Fact, precision: Precision) -> Fact | None:
        return next((fact for fact in self._kinds.get(kind, ()) if follows(fact, start, precision)), None)


def follows(fact: Fact, start: Fact, precision: Precision) -> bool:
    """Whether a fact comes after the start: later in order for the same kind, on or after it for another.

    A clock in hours compares instants where both facts have one; any other comparison is of London dates.
    """
    if fact.kind == start.kind:
        return fact.order > start.order
    if precision is Precision.INSTANT and fact.at is not None and start.at is not None:
        return fact.at >= start.at
    return fact.on >= start.on
