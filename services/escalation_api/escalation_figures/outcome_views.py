"""What came of alerts, as it is shown."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field

from services.escalation_api.escalation_figures.counts import Alerts
from services.escalation_api.escalation_figures.working_days import Lengths
from shared.http.fields import View


class Ended(View):
    """The alerts that came to their end in the period and have not been reopened since, by how."""

    resolved: Alerts
    partly_resolved: Alerts
    withdrawn: Alerts
    superseded: Alerts = Field(description="The child left care, or the plan ended.")


class PlanChanges(View):
    """Whether an alert that was resolved, in whole or in part, changed the child's plan."""

    yes: Alerts
    no: Alerts
    not_needed: Alerts
    not_said: Alerts


class Times(View):
    """How long, in working days, from the day on which alerts were raised (London dates)."""

    to_first_promise_kept: Lengths = Field(
        description="Of the alerts whose first promise was kept on a day of the period."
    )
    to_resolved: Lengths = Field(
        description="Of the alerts that were resolved, in whole or in part, in the period."
    )


class Promises(View):
    """What was promised in the period, and what has become of it."""

    made: int
    kept_in_time: int = Field(description="By the day for which it was promised last.")
    kept_late: int
    dropped: int
    outstanding: int
    overdue: int = Field(description="Of those outstanding, those whose day has gone by.")
    moved: int = Field(description="Of all those made, those that were put off to another day, once or more.")


_ONE: dict[str, Any] = {"alerts": 1, "child_alerts": 2}
_NONE: dict[str, Any] = {"alerts": 0, "child_alerts": 0}
_TIMES: dict[str, Any] = {
    "to_first_promise_kept": {"count": 1, "median": 7, "ninetieth": 7},
    "to_resolved": {"count": 2, "median": 11.5, "ninetieth": 15},
}


class OutcomeFigures(View):
    """What came of alerts between two London dates, both included."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_on": "2026-04-01",
                "to_on": "2027-03-31",
                "as_at": "2026-11-23T12:00:00Z",
                "ended": {
                    "resolved": _ONE,
                    "partly_resolved": _ONE,
                    "withdrawn": _NONE,
                    "superseded": _NONE,
                },
                "reopened": 1,
                "plan_changed": {"yes": _ONE, "no": _NONE, "not_needed": _NONE, "not_said": _ONE},
                "times": _TIMES,
                "times_of": {"informal_resolution": _TIMES, "practice_alert": _TIMES},
                "promises": {
                    "made": 4,
                    "kept_in_time": 1,
                    "kept_late": 1,
                    "dropped": 1,
                    "outstanding": 1,
                    "overdue": 0,
                    "moved": 1,
                },
            }
        }
    )

    from_on: date
    to_on: date
    as_at: datetime
    ended: Ended
    reopened: int = Field(description="How often one was reopened in the period, whenever it had ended.")
    plan_changed: PlanChanges
    times: Times
    times_of: dict[str, Times] = Field(
        description="The same for those that stayed informal (informal_resolution) and for those that went formal "
        "(practice_alert)."
    )
    promises: Promises
