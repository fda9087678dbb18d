"""What must hold for a clock to start: codes that are said or still stand, and how long ago something was."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared.timescales.facts import Fact
from shared.timescales.kind import Kind
from shared.timescales.kinds import KINDS
from shared.timescales.periods import CalendarDays, CalendarMonths, corresponding_date

Codes = Mapping[str, tuple[str, ...]]
"""The values that are wanted of each code."""

BORN, PLACED = "child.born", "placement.started"


class Reckoned(StrEnum):
    """The day on which a length of time is looked at: the start of the clock, or its due day."""

    START = "start"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long it must be since the latest such fact: at least `from_`, less than `under`. Without such a fact
    the answer is `unknown`."""

    since: str
    from_: CalendarDays | CalendarMonths | None = None
    under: CalendarDays | CalendarMonths | None = None
    at: Reckoned = Reckoned.START
    unknown: bool = False

    def holds(self, facts: Sequence[Fact], day: date) -> bool:
        """Whether it holds on this day; `facts` are those of the kind, in order."""
        latest = bisect_right(facts, day, key=lambda fact: fact.on)
        if not latest:
            return self.unknown
        since = facts[latest - 1]
        reached = self.from_ is None or _passed(since, self.from_) <= day
        return reached and (self.under is None or day < _passed(since, self.under))


def meets(codes: Mapping[str, str], wanted: Codes) -> bool:
    """Whether every code wanted has one of its values."""
    return all(codes.get(code) in values for code, values in wanted.items())


def meets_none(codes: Mapping[str, str], barred: Codes) -> bool:
    """Whether no code has a value that is barred."""
    return not any(codes.get(code) in values for code, values in barred.items())


@dataclass(frozen=True, slots=True)
class Stood:
    """A fact with the codes that stood once it had happened, its own before others'. One that is `stale` ends a
    stretch that another had followed already, such as a placement after which the child has moved on."""

    fact: Fact
    codes: Mapping[str, str]
    stale: bool


def standing(facts: Iterable[Fact]) -> Iterator[Stood]:
    """What stood at each fact of one history, in order."""
    codes: Mapping[str, str] = {}
    placement = None
    same: dict[tuple[int, tuple[tuple[str, str], ...]], Mapping[str, str]] = {}
    kept: list[Mapping[str, str]] = []  # an id stays a mapping's own only while it is kept
    for fact in facts:
        kind = KINDS[fact.kind]
        past = kind.about == PLACED and placement not in (None, fact.record)
        stale = past and bool(kind.clears)
        if kind.clears and not past:
            codes = {code: value for code, value in codes.items() if code not in kind.clears}
        if (kind.stands or kind.marks) and not past:
            codes = _told(codes, fact, kind)
        if fact.kind == PLACED:
            placement = fact.record
        own = codes
        if (
            fact.codes
        ):  # facts that say the same in the same state share one mapping, which is then judged once
            kept.append(codes)
            said = (id(codes), tuple(fact.codes.items()))
            own = same.get(said) or same.setdefault(said, {**codes, **fact.codes})
        yield Stood(fact, own, stale)


def _told(codes: Mapping[str, str], fact: Fact, kind: Kind) -> Mapping[str, str]:
    """The codes that stand after a fact that leaves some: what it does not say of them is not known any more,
    unless it only adds to what another said."""
    fresh = () if kind.about else kind.stands
    kept = {code: value for code, value in codes.items() if code not in fresh}
    told = {code: fact.codes[code] for code in kind.stands if code in fact.codes}
    return {**kept, **told, **kind.marks}


def _passed(since: Fact, period: CalendarDays | CalendarMonths) -> date:
    """The day on which so long has gone by. A birthday on 29 February is 1 March in other years."""
    if isinstance(period, CalendarDays):
        return since.on + timedelta(days=period.days)
    on = corresponding_date(since.on, period.months)
    return on + timedelta(days=1) if since.kind == BORN and on.day < since.on.day else on
