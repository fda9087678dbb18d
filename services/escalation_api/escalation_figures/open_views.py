"""What is open now, as it is shown."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from services.escalation_api.escalation_figures.counts import Alerts
from services.escalation_api.escalation_figures.stages import StageName
from shared.http.fields import View


class Open(Alerts):
    """Alerts that are open now, and how they stand."""

    overdue: int = Field(
        description="Of the alerts, those whose stage has passed its time and is not answered yet."
    )
    past_whole: int = Field(
        description="Of the alerts, those whose formal process has run past its 20 working days and is not settled yet."
    )


class OpenAtStage(StageName, Open):
    """Those that stand at one stage."""


class OpenWith(Open):
    """Those at the stages that one responder answers."""

    responder: str | None = Field(description="In the words of the ladder; null where it is lost.")
    roles: list[str] = Field(description="Whose token may send the answer.")
    to_answer: int = Field(description="Of the alerts, those that wait for this responder's answer now.")


_OPEN: dict[str, Any] = {"alerts": 1, "child_alerts": 2, "overdue": 1, "past_whole": 0}
_STAGE = {"ladder": "sefton-2021", "stage": "practice_alert", "title": "Practice alert"}
_WITH: dict[str, Any] = {"responder": "The team manager", "roles": ["team_manager"], "to_answer": 1}


class OpenFigures(View):
    """What is open now: raised, and not resolved, withdrawn or superseded."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "as_at": "2026-11-23T12:00:00Z",
                "all": _OPEN,
                "by_stage": [_STAGE | _OPEN],
                "by_team": {"corporate-parenting": _OPEN},
                "by_theme": {"no_evidence_of_visits": _OPEN},
                "by_age": {
                    "0_to_5": _OPEN | {"alerts": 0, "child_alerts": 0, "overdue": 0},
                    "6_to_10": _OPEN,
                },
                "by_responder": [_WITH | _OPEN],
                "by_state": {"open": _OPEN},
            }
        }
    )

    as_at: datetime
    all: Open
    by_stage: list[OpenAtStage] = Field(description="Ladder by ladder, from the foot.")
    by_team: dict[str, Open] = Field(
        description="By your reference of the team; not_given where it is not known."
    )
    by_theme: dict[str, Open]
    by_age: dict[str, Open] = Field(
        description="By the working days since it was raised: 0_to_5, 6_to_10, 11_to_20, 21_to_40, over_40."
    )
    by_responder: list[OpenWith]
    by_state: dict[str, Open]
