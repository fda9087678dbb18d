"""A year of reviews in figures, as an annual report shows them."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import Field

from shared.http.fields import BoundedDate, View

FirstDay = Annotated[
    BoundedDate, Query(alias="from", description="The first London date, included.", examples=["2025-04-01"])
]
LastDay = Annotated[
    BoundedDate, Query(alias="to", description="The last London date, included.", examples=["2026-03-31"])
]


class ReviewFigures(View):
    """Counts of reviews that were held, or whose series was completed, from one London date to another, both included.
    Percentages are whole, half rounded up, and null where there is nothing to take them of."""

    first_day: date
    last_day: date
    held: int
    in_time: int = Field(description="By the deadlines of reviews that they met.")
    late: int
    without_deadline: int = Field(
        description="Met no deadline of a review: held besides another, for example."
    )
    in_time_percent: int | None = Field(description="Of those that met a deadline.")
    late_reasons: dict[str, int] = Field(
        description="The late ones by the code of the reason; also not_given."
    )
    participation: dict[str, int] = Field(description="By the code of the SSDA903 return; also not_given.")
    participated: int
    not_participated: int
    participated_percent: int | None = Field(
        description="Of those with a code other than PN0, which counts neither way."
    )
    participated_codes: list[str] = Field(description="The codes that count as having participated.")
    participated_source: str = Field(description="On whose authority these are the codes.")
    my_report_returned: int = Field(description="Reviews for which the child returned My Report.")
    modes: dict[str, int] = Field(description="By how they were held; also not_given.")
    series: int = Field(description="Held in several meetings, whether planned so or adjourned.")
    adjourned: int
