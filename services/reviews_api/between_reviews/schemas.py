"""What the figures between reviews are."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import ConfigDict, Field

from shared.http.fields import BoundedDate, View

From = Annotated[BoundedDate, Query(alias="from", description="The period's first day, in London.")]
To = Annotated[BoundedDate, Query(alias="to", description="The period's last day, in London.")]


class MidpointFigures(View):
    """The midpoint checks made in the period, or the deadlines for them."""

    done: int = Field(description="Checks made in the period.")
    in_time: int = Field(description="Midpoint deadlines that checks of the period met by their date.")
    late: int = Field(description="Midpoint deadlines that checks of the period met after their date.")
    with_drift: int = Field(description="Of those done, how many found drift.")
    drifted: dict[str, int] = Field(description="In how many checks each area was found to drift.")


class BetweenReviewsFigures(View):
    """What was done between reviews in a period. Counts only."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_on": "2026-04-01",
                "to_on": "2026-09-30",
                "officers_checks": {
                    "done": 210,
                    "in_time": 180,
                    "late": 21,
                    "with_drift": 34,
                    "drifted": {"visits": 12, "care_plan": 25},
                },
                "chairs_checks": {"done": 95, "in_time": 90, "late": 3, "with_drift": 8, "drifted": {}},
                "children_in_care": 594,
                "children_visited_by_iro": 273,
                "children_with_care_planning_meeting": 149,
            }
        }
    )

    from_on: date
    to_on: date
    officers_checks: MidpointFigures = Field(description="Reviewing officers', of children in care.")
    chairs_checks: MidpointFigures = Field(
        description="Conference chairs', of children with a protection plan."
    )
    children_in_care: int = Field(description="At the end of the period's last day.")
    children_visited_by_iro: int = Field(
        description="Of those, how many their IRO visited and saw in the six months to that day."
    )
    children_with_care_planning_meeting: int = Field(
        description="Of those, how many had a care planning meeting in the period."
    )
