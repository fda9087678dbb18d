"""One rule: from this fact, within this long, until that fact, on whose authority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.timescales.facts import Precision
from shared.timescales.periods import ElapsedHours, Midpoint, Notice, Period


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
    """Whether a breach suggests an informal resolution."""

    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Starts:
    """What starts the clock."""

    fact: str
    nth: Nth = Nth.EACH


@dataclass(frozen=True, slots=True)
class Stops:
    """What meets the deadline: the next such fact; already = one from before the start meets it too;
    same_record = it must belong to the record that started the clock."""

    fact: str
    already: bool = False
    same_record: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """A stretch of days, both included, whose starts open a deadline; and its limit where not the row's."""

    first_day: date
    last_day: date | None = None
    limit: Period | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in the stretch."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timescale:
    """A row of the catalogue. `when` and `unless` are conditions on the codes of the starting fact."""

    code: str
    title: str
    history: str
    starts: Starts
    limit: Period
    stops: Stops
    cancels: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]
    warn: tuple[Notice, ...]
    basis: Basis
    source: str
    in_force: tuple[InForce, ...]
    confirmed: bool
    on_breach: OnBreach

    @property
    def precision(self) -> Precision:
        """Whether the due time is an instant or the end of a London day."""
        return Precision.INSTANT if isinstance(self.limit, ElapsedHours) else Precision.DAY

    @property
    def is_midpoint(self) -> bool:
        """Whether the limit hangs on another timescale's due date."""
        return isinstance(self.limit, Midpoint)

    def limit_on(self, day: date) -> Period | None:
        """The limit for a clock that starts on this day; None where the timescale was not in force."""
        return next((each.limit or self.limit for each in self.in_force if each.covers(day)), None)

    def applies_to(self, codes: Mapping[str, str]) -> bool:
        """Whether a starting fact with these codes meets every `when` and no `unless`."""
        wanted = all(codes.get(code) in values for code, values in self.when.items())
        return wanted and not any(codes.get(code) in values for code, values in self.unless.items())
