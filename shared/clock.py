"""The only door through which time comes in."""

from datetime import UTC, date, datetime
from typing import Protocol

from shared.timescales.london import london_date


class Clock(Protocol):
    """Tells the instant it is now, aware and in UTC. One that may be wrong, and knows it, raises ClockSuspect."""

    def now(self) -> datetime: ...


class ClockSuspect(Exception):
    """Nobody knows what time it is just now: wait, and do nothing that depends on it."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands where it is put, for tests and rehearsals."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)


def today(clock: Clock) -> date:
    """The date in London now."""
    return london_date(clock.now())
