"""How soon managers answer, as it is shown."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field

from services.escalation_api.escalation_figures.stages import StageName
from services.escalation_api.escalation_figures.working_days import Lengths
from shared.http.fields import View


class StageTimes(StageName):
    """How often a stage was asked for an answer, and how soon the first came. One alert asks each time it comes to the
    stage, also when it is asked again or reopened."""

    asked: int = Field(
        description="How often it was asked in the period; all that follows is of these, as it is known now."
    )
    answered: int
    in_time: int
    late: int
    unanswered: int = Field(description="Not answered so far, or left without an answer.")
    silent: int = Field(description="Of those unanswered, those whose time went by in silence.")
    waiting: int = Field(
        description="Of those unanswered, those that still have time; the rest went on or ended sooner."
    )
    in_time_percent: int | None = Field(
        description="Of those answered in time or late or met by silence, to a whole percent, a half rounded up; null "
        "of none."
    )
    to_answer: Lengths = Field(
        description="From the day on which it was asked to that of the first answer (London dates)."
    )


EXAMPLE: dict[str, Any] = {
    "ladder": "sefton-2021",
    "stage": "practice_alert",
    "title": "Practice alert",
    "asked": 10,
    "answered": 8,
    "in_time": 6,
    "late": 2,
    "unanswered": 2,
    "silent": 1,
    "waiting": 1,
    "in_time_percent": 67,
    "to_answer": {"count": 8, "median": 3.5, "ninetieth": 9},
}


class ResponseTimes(View):
    """How soon managers answered what was asked of them between two London dates, both included."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_on": "2026-04-01",
                "to_on": "2027-03-31",
                "as_at": "2026-11-23T12:00:00Z",
                "stages": [EXAMPLE],
                "by_team": {"corporate-parenting": [EXAMPLE]},
            }
        }
    )

    from_on: date
    to_on: date
    as_at: datetime
    stages: list[StageTimes] = Field(description="Ladder by ladder, from the foot.")
    by_team: dict[str, list[StageTimes]] = Field(
        description="The same for each team, by your reference of it; not_given where it is not known."
    )
