"""Children in care in figures, as an annual report shows them."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import ConfigDict, Field

from shared.http.fields import BoundedDate, View

LONGEST = 36  # months

FirstDay = Annotated[
    BoundedDate, Query(alias="from", description="The first London date, included.", examples=["2025-04-01"])
]
LastDay = Annotated[
    BoundedDate, Query(alias="to", description="The last London date, included.", examples=["2026-03-31"])
]


class LookedAfter(View):
    """How many children were in care at the end of a London date; one who left on it was not."""

    on: date
    children: int


class Became(View):
    """The care periods that started: a child who came twice counts twice."""

    count: int
    under_one: int = Field(
        description="Of children before their first birthday on the day on which it started."
    )
    age_not_known: int
    under_one_percent: int | None = Field(
        description="Of those whose age is known, to a whole percent, a half rounded up; null of none."
    )


class Allocated(View):
    """How soon a reviewing officer was allocated for the care periods that started, by one timescale."""

    timescale: str
    in_time: int
    late: int
    waiting: int = Field(description="Without an officer as yet, whether the time has passed or not.")
    in_time_percent: int | None = Field(
        description="Of those with an officer, to a whole percent, a half rounded up; null of none."
    )


class CareFigures(View):
    """Who was in care between two London dates, both included, and who came and went."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_on": "2020-04-01",
                "to_on": "2020-04-30",
                "looked_after": [
                    {"on": "2020-04-01", "children": 586},
                    {"on": "2020-04-30", "children": 588},
                ],
                "became": {"count": 5, "under_one": 1, "age_not_known": 0, "under_one_percent": 20},
                "ceased": 3,
                "allocated": [
                    {
                        "timescale": "iro-allocation-handbook",
                        "in_time": 5,
                        "late": 0,
                        "waiting": 0,
                        "in_time_percent": 100,
                    }
                ],
            }
        }
    )

    from_on: date
    to_on: date
    looked_after: list[LookedAfter] = Field(
        description="On the first day, on the first of each month, and on the last day or today."
    )
    became: Became
    ceased: int = Field(description="The care periods that ended.")
    allocated: list[Allocated] = Field(
        description="By timescale, those that run from notice or from the start."
    )
