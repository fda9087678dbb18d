"""The days that somebody tells of."""

from datetime import date, datetime

from shared.refusals import Contradiction
from shared.timescales.london import london_date


def day_told(on: date | None, now: datetime, pointer: str = "/on") -> date:
    """The London date that somebody tells of; today's where they do not. Raises Contradiction for a day to come."""
    today = london_date(now)
    if on is not None and on > today:
        raise Contradiction("This cannot lie in the future.", code="in_the_future", pointer=pointer)
    return on or today
