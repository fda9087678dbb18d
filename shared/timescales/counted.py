"""Facts that count as of another day: a review held as a series of meetings counts on the day of its first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from shared.timescales.calendar import Calendar
from shared.timescales.facts import Fact
from shared.timescales.periods import DayPeriod


@dataclass(frozen=True, slots=True)
class Counted:
    """`fact` counts as of `as_of` of the same record where it follows within that long; `leaves` is the derived
    fact that keeps its own day. Without `within` it always counts on its own day."""

    fact: str
    as_of: str
    leaves: str
    within: DayPeriod | None


def as_counted(history: Iterable[Fact], rules: Mapping[str, Counted], calendar: Calendar) -> Iterator[Fact]:
    """The facts as the timescales read them."""
    facts = list(history)
    wanted = {rule.as_of for rule in rules.values()}
    begun = {(fact.kind, fact.record): fact for fact in facts if fact.kind in wanted}
    for fact in facts:
        rule = rules.get(fact.kind)
        if rule is None:
            yield fact
            continue
        yield replace(fact, kind=rule.leaves)
        yield _dated(fact, rule, begun, calendar)


def _dated(fact: Fact, rule: Counted, begun: Mapping[tuple[str, UUID], Fact], calendar: Calendar) -> Fact:
    first = begun.get((rule.as_of, fact.record))
    if first is None or rule.within is None or first.on >= fact.on:
        return fact
    last = rule.within.due(first.on, calendar.as_known_on(fact.on)).on
    return replace(fact, on=first.on, at=None) if fact.on <= last else fact
