"""The period that figures are asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Query

from shared.clock import today
from shared.http.fields import BoundedDate
from shared.http.routes import AtDoor
from shared.refusals import Contradiction
from shared.timescales.london import day_ends_at, day_starts_at
from shared.timescales.periods import corresponding_date

LONGEST = 5  # years
APRIL = 4

FirstDay = Annotated[
    BoundedDate | None,
    Query(
        alias="from",
        description="The first London date, included. Left out, the first of the reporting year (April to March) in "
        "which `to` lies, or today.",
        examples=["2026-04-01"],
    ),
]
LastDay = Annotated[
    BoundedDate | None,
    Query(
        alias="to",
        description="The last London date, included. Left out, the last of the reporting year in which `from` lies, "
        "or today.",
        examples=["2027-03-31"],
    ),
]


@dataclass(frozen=True, slots=True)
class Period:
    """From one London date to another, both included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The instant (UTC) at which it begins."""
        return day_starts_at(self.first)

    @property
    def until(self) -> datetime:
        """The instant (UTC) at which it is over."""
        return day_ends_at(self.last)


def period(first: date | None, last: date | None, today: date) -> Period:
    """The period between two London dates; where one is left out, its reporting year. Raises Contradiction for dates
    in the wrong order, or too far apart."""
    begins, ends = reporting_year(first or last or today)
    first, last = first or begins, last or ends
    if last < first:
        raise Contradiction("The last day comes before the first.", code="out_of_order", pointer="query/to")
    if last >= corresponding_date(first, 12 * LONGEST):
        raise Contradiction(f"Ask for {LONGEST} years at most.", code="too_long", pointer="query/to")
    return Period(first, last)


def reporting_year(day: date) -> tuple[date, date]:
    """The first and the last day of the year, from April to March, in which a day lies."""
    begins = day.year if day.month >= APRIL else day.year - 1
    return date(begins, APRIL, 1), date(begins + 1, APRIL - 1, 31)


async def _asked(door: AtDoor, first: FirstDay = None, last: LastDay = None) -> Period:
    return period(first, last, today(door.clock))


AskedPeriod = Annotated[Period, Depends(_asked)]
