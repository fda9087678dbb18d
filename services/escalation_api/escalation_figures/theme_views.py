"""What alerts are about, month by month, as it is shown."""

from datetime import date
from typing import Any

from pydantic import ConfigDict, Field

from services.escalation_api.escalation_figures.counts import Alerts
from services.escalation_api.escalation_figures.recurring import AT_LEAST, LOOKED_AT
from shared.http.fields import View


class ThemeInTeam(Alerts):
    """One theme in one team, over the months of the period."""

    theme: str
    title: str
    team: str | None = Field(description="Your reference of the team; null where it is not known.")
    by_month: dict[str, Alerts] = Field(
        description="By the London month in which they were raised, as 2026-11; a month that is not named had none."
    )


class Recurring(Alerts):
    """A theme that recurs in one team; counted over the months that are looked at."""

    theme: str
    title: str
    team: str | None
    months: list[str] = Field(description="In which months it was raised, the earliest first.")


_ALERTS: dict[str, Any] = {"alerts": 2, "child_alerts": 3}
_THEME: dict[str, Any] = {
    "theme": "no_evidence_of_visits",
    "title": "No evidence of visits",
    "team": "corporate-parenting",
}


class ThemeFigures(View):
    """What was raised, by theme and team, month by month: informal resolutions and practice alerts together."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from_on": "2026-09-01",
                "to_on": "2026-11-30",
                "months": ["2026-09", "2026-10", "2026-11"],
                "themes": [_THEME | _ALERTS | {"by_month": {"2026-11": _ALERTS}}],
                "looked_at": ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"],
                "recurring": [
                    _THEME | {"alerts": 4, "child_alerts": 5, "months": ["2026-07", "2026-08", "2026-11"]}
                ],
            }
        }
    )

    from_on: date
    to_on: date
    months: list[str] = Field(description="The London months of the period, whole or in part.")
    themes: list[ThemeInTeam] = Field(description="The most frequent first.")
    looked_at: list[str] = Field(
        description=f"The {LOOKED_AT} months, whole, in which recurrence is looked for: they end with the last of "
        "the period, or with the present one where that has not come."
    )
    recurring: list[Recurring] = Field(
        description=f"What was raised in one team in {AT_LEAST} or more of those months, the most frequent first."
    )
