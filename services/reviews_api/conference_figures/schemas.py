"""Conferences counted: by meeting and by child, which are never the same number."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import ConfigDict, Field

from shared.http.fields import BoundedDate, View

EXAMPLE_MEETINGS = {
    "held": 160,
    "in_time": 125,
    "late": 35,
    "without_deadline": 0,
    "late_percent": 22,
    "late_by_reason": {"reports_not_ready": 20, "late_booking": 15},
}
EXAMPLE_CHILDREN = {
    "discussed": 324,
    "in_time": 256,
    "late": 68,
    "without_deadline": 0,
    "late_percent": 21,
    "at_late_meetings": 68,
    "by_outcome": {"plan": 299, "no_plan": 25},
    "plan_percent": 92,
    "unborn": 34,
    "unborn_percent": 10,
    "unborn_with_a_plan": 32,
}
EXAMPLE: dict[str, Any] = {"meetings": EXAMPLE_MEETINGS, "children": EXAMPLE_CHILDREN}

FirstDay = Annotated[BoundedDate, Query(alias="from", description="Held on this London date or later.")]
LastDay = Annotated[BoundedDate, Query(alias="to", description="Held on this London date or earlier.")]


class MeetingFigures(View):
    """Meetings held, each counted once, however many children it was about."""

    held: int
    in_time: int = Field(description="For every child to whom it was owed.")
    late: int = Field(description="For at least one child.")
    without_deadline: int = Field(description="No clock ran for any of the children.")
    late_percent: int | None = Field(description="Of those held, to a whole percent, a half rounded up.")
    late_by_reason: dict[str, int] = Field(
        description="Late meetings by reason; not_given where none was told."
    )


class ChildFigures(View):
    """Children at those meetings: a child at two meetings is counted twice."""

    discussed: int
    in_time: int
    late: int = Field(description="Whose own day was missed.")
    without_deadline: int
    late_percent: int | None = Field(description="Of those discussed, to a whole percent, a half rounded up.")
    at_late_meetings: int = Field(
        description="At a meeting that was late for them or for another child at it."
    )
    by_outcome: dict[str, int] = Field(
        description="By what was decided; not_told where nothing was told yet."
    )
    plan_percent: int | None = Field(description="With a plan, of those discussed.")
    unborn: int = Field(description="Not yet born on the day, as far as births are known.")
    unborn_percent: int | None = Field(description="Of those discussed.")
    unborn_with_a_plan: int


class Figures(View):
    """The two ways of counting, side by side."""

    meetings: MeetingFigures
    children: ChildFigures


class ConferenceFigures(View):
    """The conferences held between two London dates, both included, all together and by type."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_on": "2020-04-01",
                "to_on": "2021-03-31",
                "total": EXAMPLE,
                "by_type": {"initial": EXAMPLE},
            }
        }
    )

    from_on: date
    to_on: date
    total: Figures
    by_type: dict[str, Figures]
