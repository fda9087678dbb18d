"""Child protection plans counted."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import ConfigDict, Field

from shared.http.fields import BoundedDate, View

FirstDay = Annotated[BoundedDate, Query(alias="from", description="The first London date.")]
LastDay = Annotated[BoundedDate, Query(alias="to", description="The last London date.")]


class StartedFigures(View):
    """Plans that started."""

    count: int
    subsequent: int = Field(description="Of children who had been on a plan before, however long ago.")
    subsequent_percent: int | None = Field(
        description="Of those that started, to a whole percent, a half rounded up."
    )
    by_category: dict[str, int] = Field(description="By initial category of abuse.")


class EndedFigures(View):
    """Plans that ended."""

    count: int
    by_length: dict[str, int] = Field(description="By how long they had lasted.")
    by_reason: dict[str, int] = Field(description="By why they ended; not_given where none was told.")


class RunningFigures(View):
    """Plans that ran on one day; one that ended on that day did not."""

    on: date
    count: int
    by_category: dict[str, int] = Field(description="By latest category of abuse.")
    by_length: dict[str, int] = Field(description="By how long they had lasted.")


class PlanFigures(View):
    """The plans that started and ended between two London dates, both included, and those that ran on the last."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_on": "2020-04-01",
                "to_on": "2021-03-31",
                "started": {
                    "count": 299,
                    "subsequent": 60,
                    "subsequent_percent": 20,
                    "by_category": {"EMO": 110, "NEG": 189},
                },
                "ended": {
                    "count": 1,
                    "by_length": {"up_to_3_months": 1},
                    "by_reason": {"no_longer_needed": 1},
                },
                "running": {"on": "2021-03-31", "count": 0, "by_category": {}, "by_length": {}},
            }
        }
    )

    from_on: date
    to_on: date
    started: StartedFigures
    ended: EndedFigures
    running: RunningFigures
