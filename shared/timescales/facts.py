"""Facts: what happened, when it was true, and the few codes that a rule may ask about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from shared.timescales.kind import Precision
from shared.timescales.kinds import KINDS
from shared.timescales.london import london_date

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
_BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)

Order = tuple[date, int, datetime, str, UUID]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened: its kind, its record, the London date and, for some kinds, the instant.

    Raises ValueError for an unknown kind, a date outside 1900 to 2200, an instant that is missing, naive or
    on another London date, or an instant on a kind of fact that has only a day.
    """

    kind: str
    record: UUID
    on: date
    at: datetime | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    order: Order = field(init=False, repr=False, compare=False)
    """Where the fact stands in a history: by date, rank of its kind, instant, kind, and record."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError("unknown kind of fact")
        if not EARLIEST <= self.on <= LATEST:
            raise ValueError(f"{self.kind} must lie between 1900 and 2200")
        precision = KINDS[self.kind].precision
        if precision is not Precision.EITHER and (self.at is None) is (precision is Precision.INSTANT):
            raise ValueError(f"{self.kind} is known to the {precision}")
        if self.at is not None and london_date(self.at) != self.on:
            raise ValueError(f"{self.kind} has a date other than its instant's in London")
        order = (self.on, KINDS[self.kind].rank, self.at or _BEFORE_ALL, self.kind, self.record)
        object.__setattr__(self, "order", order)
