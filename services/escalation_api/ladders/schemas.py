"""What is shown of the council's ladders."""

from datetime import date
from typing import Any, Self

from pydantic import ConfigDict, Field

from shared.http.fields import View
from shared.timescales.ladder import Ladder, Silence, Stage
from shared.timescales.timescale import Basis

STAGE: dict[str, Any] = {
    "code": "practice_alert",
    "title": "Practice alert",
    "formal": True,
    "responder": "The team manager",
    "roles": ["team_manager"],
    "within": "5 working days",
    "warned": ["2 working days"],
    "silence": "enable",
    "copied": ["The service manager"],
    "timescale": "alert-sefton-2021-practice-alert",
}
EXAMPLE: dict[str, Any] = {
    "code": "sefton-2021",
    "title": "Practice alerts within time frames",
    "in_force": True,
    "from_on": "2021-08-01",
    "stages": [STAGE],
    "chairs": True,
    "decided_within": "5 working days",
    "followed_up_within": "20 working days",
    "suggestions_lapse_after": "10 working days",
    "second_approver": True,
    "ends": "the director of children's services",
    "basis": "local",
    "source": "Sefton IRO annual report 2020-21; the times are our proposal",
    "confirmed": False,
    "note": None,
}


class StageOfLadder(View):
    """A stage: who answers it (in words, and by the roles of the tokens that may) within how long, when they are
    warned, what silence does, who else is told, and the code of its timescale."""

    code: str
    title: str
    formal: bool
    responder: str
    roles: list[str]
    within: str
    warned: list[str] = Field(description="Before the time is up.")
    silence: Silence = Field(description="enable: the officer may go on; perform: it goes up by itself.")
    copied: list[str]
    timescale: str

    @classmethod
    def of(cls, ladder: Ladder, stage: Stage) -> Self:
        """The stage as its ladder has it."""
        own = {name: getattr(stage, name) for name in ("code", "title", "formal", "responder", "silence")}
        return cls(
            **own,
            roles=list(stage.roles),
            within=str(stage.limit),
            warned=[str(each) for each in stage.warn],
            copied=list(stage.copied),
            timescale=ladder.clock_of(stage),
        )


class LadderView(View):
    """A ladder, its stages from the foot up. What began under it stays on it; `in_force` is the one on which an
    escalation begins today. `from_on` is a London date."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    code: str
    title: str
    in_force: bool
    from_on: date
    stages: list[StageOfLadder]
    chairs: bool = Field(description="Whether conference chairs use it too.")
    decided_within: str
    followed_up_within: str
    suggestions_lapse_after: str
    second_approver: bool = Field(description="Whether a second person approves a referral to Cafcass.")
    ends: str = Field(description="Where it ends for a child who is not looked after.")
    basis: Basis
    source: str
    confirmed: bool
    note: str | None

    @classmethod
    def of(cls, ladder: Ladder, in_force: bool) -> Self:
        """The ladder as the council's policy has it."""
        same = ("code", "title", "chairs", "second_approver", "ends", "basis", "source", "confirmed", "note")
        return cls(
            **{name: getattr(ladder, name) for name in same},
            in_force=in_force,
            from_on=ladder.first_day,
            stages=[StageOfLadder.of(ladder, each) for each in ladder.stages],
            decided_within=str(ladder.decide),
            followed_up_within=str(ladder.follow_up),
            suggestions_lapse_after=str(ladder.lapses),
        )


class LadderList(View):
    """Every ladder that an escalation may stand on, the oldest first."""

    items: list[LadderView]
