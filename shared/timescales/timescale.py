"""One rule: from this fact, within this long, until that fact, on whose authority."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from shared.timescales.conditions import Codes, Elapsed
from shared.timescales.kind import Precision
from shared.timescales.periods import DayPeriod, ElapsedHours, Midpoint, Notice, Period


class Basis(StrEnum):
    """On whose authority a timescale stands."""

    STATUTORY = "statutory"
    GUIDANCE = "guidance"
    LOCAL = "local"


class Nth(StrEnum):
    """Which facts of the starting kind, in the order of one history, start the clock."""

    FIRST = "first"
    EACH = "each"
    AFTER_FIRST = "after_first"


class OnBreach(StrEnum):
    """Whether a breach suggests an escalation, opens one at once, or does neither."""

    SUGGEST = "suggest"
    OPEN = "open"
    NONE = "none"


class Passing(StrEnum):
    """What it means when the due time passes: a promise broken, silence that agrees, or a mark reached."""

    BREACH = "breach"
    AGREEMENT = "agreement"
    MARK = "mark"


class DecidedOn(StrEnum):
    """Which day decides among a row's values by date: the start of the clock, or its due day."""

    START = "start"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Starts:
    """What starts the clock: the n-th such fact, counted anew from each `since` fact, and none once an `until`
    fact has happened; `when` are conditions on its own codes."""

    fact: str
    nth: Nth = Nth.EACH
    since: str | None = None
    until: str | None = None
    when: Codes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stops:
    """What meets the deadline: the next such fact; already = one from before the start meets it too;
    same_record = it must belong to the record that started the clock; `when` are conditions on its codes."""

    fact: str
    already: bool = False
    same_record: bool = False
    when: Codes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cancels:
    """A fact after which nothing is owed any more: any such fact, or one of the record that started the clock."""

    fact: str
    same_record: bool = False
    when: Codes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrEarlier:
    """Due sooner where such a fact comes: that long after it, or on its very day."""

    fact: str
    limit: DayPeriod | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """A stretch of days, both included, whose starts open a deadline; and its limit where not the row's."""

    first_day: date
    last_day: date | None = None
    limit: Period | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in the stretch."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Relief:
    """What may be granted: a pause, a later date at most so long after the first, and a waiver."""

    pause: bool = False
    extension: DayPeriod | None = None
    waiver: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timescale:
    """A row of the catalogue. `when` and `unless` are conditions on the codes of the starting fact and on those
    that stand in its history that day. `chosen` are the settings that made it what it is; `untracked` says why
    this council keeps no such clock, being told nothing of what would stop it. `hangs_on` tells the other rules that
    its dates hang on from other wordings of them, and `digest` the rule itself, with those."""

    code: str
    title: str
    histories: tuple[str, ...]
    starts: tuple[Starts, ...]
    limit: Period
    or_earlier: OrEarlier | None = None
    stops: Stops
    cancels: tuple[Cancels, ...]
    when: Codes
    unless: Codes
    elapsed: tuple[Elapsed, ...] = ()
    warn: tuple[Notice, ...]
    basis: Basis
    source: str
    in_force: tuple[InForce, ...]
    value_on: DecidedOn = DecidedOn.START
    confirmed: bool
    on_breach: OnBreach
    passing: Passing = Passing.BREACH
    relief: Relief = Relief()
    chosen: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    untracked: str | None = None
    hangs_on: tuple[str, ...] = ()
    starting: frozenset[str] = field(init=False, repr=False, compare=False)
    is_midpoint: bool = field(init=False)
    precision: Precision = field(init=False)
    digest: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starting", frozenset(each.fact for each in self.starts))
        object.__setattr__(self, "is_midpoint", isinstance(self.limit, Midpoint))
        hours = isinstance(self.limit, ElapsedHours)
        object.__setattr__(self, "precision", Precision.INSTANT if hours else Precision.DAY)
        told = repr(
            (self.code, self.histories, self.starts, self.limit, self.or_earlier, self.stops, self.cancels)
        )
        rest = repr(
            (self.when, self.unless, self.elapsed, self.in_force, self.value_on, self.passing, self.relief)
        ) + "".join(self.hangs_on)
        object.__setattr__(self, "digest", hashlib.sha256((told + rest).encode()).hexdigest()[:12])

    def wording(self, edition: str) -> str:
        """The rule as it is kept with what is worked out under it, and the edition of the calendar that counted."""
        return f"{self.code}:{self.digest}:{edition}"

    def limits(self) -> tuple[Period, ...]:
        """Every limit that it has or had."""
        return (self.limit, *(stretch.limit for stretch in self.in_force if stretch.limit is not None))

    def may_be_halfway_to(self, other: "Timescale") -> bool:
        """Whether a midpoint of this row can lie halfway to the other's due day: it is named, the same fact starts
        both, and it has a due day of its own."""
        named = any(limit.names(other.code) for limit in self.limits() if isinstance(limit, Midpoint))
        of_its_own = other.precision is Precision.DAY and not other.is_midpoint
        return named and of_its_own and other.starts_with(self.starting)

    def stretch_on(self, day: date) -> InForce | None:
        """The stretch in force on this day, if any."""
        for each in self.in_force:
            if each.covers(day):
                return each
        return None

    def limit_on(self, day: date) -> Period | None:
        """The limit for a clock that starts on this day; None where the timescale was not in force."""
        stretch = self.stretch_on(day)
        return None if stretch is None else stretch.limit or self.limit

    def starts_with(self, kinds: Collection[str]) -> bool:
        """Whether a fact of one of these kinds can start the clock."""
        return not self.starting.isdisjoint(kinds)

    def reads(self) -> set[str]:
        """The kinds of fact that its dates may hang on."""
        kinds = {
            self.stops.fact,
            *(each.fact for each in self.cancels),
            *(each.since for each in self.elapsed),
        }
        if self.or_earlier is not None:
            kinds.add(self.or_earlier.fact)
        return kinds.union(
            kind for each in self.starts for kind in (each.fact, each.since, each.until) if kind
        )

    def belongs_to(self, histories: Collection[str]) -> bool:
        """Whether the clock is one of these histories'."""
        return any(each in histories for each in self.histories)
