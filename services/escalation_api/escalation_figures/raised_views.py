"""What was raised in a period, as it is shown."""

from datetime import date
from typing import Any

from pydantic import ConfigDict, Field

from services.escalation_api.escalation_figures.counts import Alerts, Share
from services.escalation_api.escalation_figures.stages import StageName
from shared.http.fields import View


class StageReached(StageName, Alerts):
    """The alerts whose highest stage so far is this one."""


class Broken(Alerts):
    """Alerts of one kind, and what they were about."""

    thematic: int = Field(description="Of the alerts, those about a team and no child.")
    about_siblings: int = Field(description="Of the alerts, those about several children.")
    by_team: dict[str, Share] = Field(
        description="By your reference of the team; not_given where it is not known."
    )
    by_theme: dict[str, Share]
    by_severity: dict[str, Share] = Field(description="Also not_given.")
    by_raised_as: dict[str, Share] = Field(
        description="By the part in which the officer raised it: iro, cp_chair (for a child on a protection plan), "
        "cin_iro; not_given where nobody has taken up yet what the council's policy opened."
    )


class Raised(Broken):
    """Challenges of one kind."""

    by_stage: list[StageReached] = Field(
        description="By the highest stage reached so far, whenever that was: ladder by ladder, from the foot."
    )


class Suggestions(View):
    """What Duecare suggested in the period, and what has become of it since. None of these counts as raised unless it
    was accepted; it then counts as raised on that day."""

    suggested: int
    accepted: int = Field(description="Taken up by a person, or opened by the council's policy.")
    dismissed: int
    lapsed: int
    waiting: int


_SHARE: dict[str, Any] = {"alerts": 1, "child_alerts": 2, "percent": 100}
_BROKEN: dict[str, Any] = {
    "alerts": 1,
    "child_alerts": 2,
    "thematic": 0,
    "about_siblings": 1,
    "by_team": {"corporate-parenting": _SHARE},
    "by_theme": {"no_evidence_of_visits": _SHARE},
    "by_severity": {"high": _SHARE},
    "by_raised_as": {"iro": _SHARE},
}
_STAGE = {"ladder": "sefton-2021", "stage": "practice_alert", "title": "Practice alert"}
_RAISED: dict[str, Any] = _BROKEN | {"by_stage": [_STAGE | {"alerts": 1, "child_alerts": 2}]}


class RaisedFigures(View):
    """What was raised between two London dates, both included."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_on": "2026-04-01",
                "to_on": "2027-03-31",
                "raised": {"alerts": 2, "child_alerts": 4},
                "informal": _RAISED,
                "began_formally": {"alerts": 1, "child_alerts": 2},
                "formal": _RAISED,
                "good_practice": _BROKEN,
                "suggestions": {
                    "suggested": 5,
                    "accepted": 2,
                    "dismissed": 1,
                    "lapsed": 1,
                    "waiting": 1,
                },
            }
        }
    )

    from_on: date
    to_on: date
    raised: Alerts = Field(description="Raised in the period: informal and began_formally together.")
    informal: Raised = Field(
        description="Raised in the period and begun informally, also those that have gone formal since."
    )
    began_formally: Alerts = Field(description="Raised in the period and begun at a formal stage.")
    formal: Raised = Field(
        description="Practice alerts: those that first reached a formal stage in the period, on whatever day they were "
        "raised. One that was raised informally and went formal in the same period is counted here and there."
    )
    good_practice: Broken = Field(
        description="Recorded in the period and not taken back; never among those raised."
    )
    suggestions: Suggestions
