"""Facts: what happened, when it was true, and the few codes that a rule may ask about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from shared.timescales.london import london_date

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
_BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)


class Precision(StrEnum):
    """How closely a kind of fact is dated: to the day in London, or to the instant."""

    DAY = "day"
    INSTANT = "instant"


FACT_KINDS: Mapping[str, Precision] = MappingProxyType(
    {
        "care_period.started": Precision.DAY,
        "care_period.ended": Precision.DAY,
        "iro_service.notified": Precision.INSTANT,
        "iro.allocated": Precision.INSTANT,
        "review.held": Precision.DAY,
        "midpoint_check.completed": Precision.DAY,
    }
)

# The fact that opens a history and the one that closes it. Nothing outside the two starts a clock.
HISTORIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"care_period": ("care_period.started", "care_period.ended")}
)

# Kinds that start a clock even before their history opens: the service is told of a planned admission.
EARLY_KINDS = frozenset({"iro_service.notified"})

# The codes of a fact that a timescale may set conditions on.
FACT_CODES = frozenset({"source", "regime", "legal_status", "placement_type"})


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

    def __post_init__(self) -> None:
        if self.kind not in FACT_KINDS:
            raise ValueError("unknown kind of fact")
        if not EARLIEST <= self.on <= LATEST:
            raise ValueError(f"{self.kind} must lie between 1900 and 2200")
        if (self.at is None) is (FACT_KINDS[self.kind] is Precision.INSTANT):
            raise ValueError(f"{self.kind} is known to the {FACT_KINDS[self.kind]}")
        if self.at is not None and london_date(self.at) != self.on:
            raise ValueError(f"{self.kind} has a date other than its instant's in London")

    @property
    def order(self) -> tuple[date, datetime, str, UUID]:
        """Where the fact stands in a history: by date, then instant, then kind, then record."""
        return self.on, self.at or _BEFORE_ALL, self.kind, self.record
