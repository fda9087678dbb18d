"""How long things took, in the council's working days. No I/O."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import Self

from pydantic import Field

from shared.http.fields import View
from shared.timescales.calendar import Calendar

NINETIETH = 0.9


class Lengths(View):
    """How long, in working days, the day on which it began being day 0."""

    count: int = Field(description="How many are measured.")
    median: float | None = Field(
        description="Half took no longer; between the two in the middle where their number is even; null of none."
    )
    ninetieth: int | None = Field(
        description="Nine of ten took no longer: the shortest such time that was measured; null of none."
    )

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Self:
        """Their number, their middle, and what nine of ten kept to."""
        found = sorted(lengths)
        if not found:
            return cls(count=0, median=None, ninetieth=None)
        nearest = found[ceil(NINETIETH * len(found)) - 1]
        return cls(count=len(found), median=median(found), ninetieth=nearest)


def working_days(calendar: Calendar, spans: Sequence[tuple[date, date]]) -> list[int]:
    """The working days of each span after its first London date, up to its last; none where that comes before."""
    if not spans:
        return []
    first, last = min(one for one, _ in spans), max(other for _, other in spans)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    worked = [day for day in every if calendar.is_working_day(day)]
    return [max(0, bisect_right(worked, end) - bisect_right(worked, start)) for start, end in spans]
