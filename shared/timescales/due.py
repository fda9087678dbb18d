"""A due time: when a period ends."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.timescales.london import day_ends_at


@dataclass(slots=True)
class Due:
    """When a period ends: the London date, the UTC instant, and whether it may move with the calendar."""

    on: date
    at: datetime
    provisional: bool = False

    @classmethod
    def by_end_of(cls, day: date, *, provisional: bool = False) -> "Due":
        """Due by the end of a London day."""
        return cls(day, day_ends_at(day), provisional)
