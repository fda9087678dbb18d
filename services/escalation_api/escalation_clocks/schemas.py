"""What is asked of, and shown in, the list of the clocks of escalations."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field

from services.escalation_api.escalation_clocks.kinds import Clock
from services.escalation_api.escalations.concern import Kind
from services.escalation_api.escalations.transitions import State
from shared.http.fields import Reference, View
from shared.http.places import ID, INSTANT

RunningOut = Annotated[
    int | None,
    Query(
        ge=0,
        le=366,
        description="Those that are over, or run out within so many times 24 hours from now; left out, all.",
    ),
]
OfTeam = Annotated[Reference | None, Query(description="Your reference of the team that the alert is about.")]
OfOfficer = Annotated[
    str | None,
    Query(
        max_length=200, pattern=r"^[^\x00-\x1f]+$", description="The subject of the officer who raised it."
    ),
]
Only = Annotated[
    Clock | None,
    Query(description="One kind of clock; `whole` shows who is about to run out of the 20 working days."),
]
After = Annotated[
    str | None,
    Query(pattern=rf"^{INSTANT}\.{ID}$", description="Where the last stretch ended, as `next` has it."),
]

EXAMPLE: dict[str, Any] = {
    "id": "0197b1a4-5a3c-5d11-9d59-0f5b3a6e2c11",
    "escalation_id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c11",
    "kind": "practice_alert",
    "state": "open",
    "children": ["C-1042", "C-1043"],
    "team": "corporate-parenting",
    "theme": "no_evidence_of_visits",
    "officer": "iro-07",
    "clock": "whole",
    "timescale": "alert-formal",
    "title": "Formal dispute resolution completed",
    "ladder": "sefton-2021",
    "stage": "practice_alert",
    "stage_title": "Practice alert",
    "responder": "The team manager",
    "due_on": "2026-11-27",
    "due_at": "2026-11-28T00:00:00Z",
    "standing": "due_soon",
    "breached": False,
}


class ClockLine(View):
    """A clock of an escalation that runs. `due_on` is a London date, `due_at` a UTC instant."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID = Field(description="The deadline's id.")
    escalation_id: UUID
    kind: Kind
    state: State
    children: list[str] = Field(
        description="Your references of the children it is about; none where it is about a team alone."
    )
    team: str | None
    theme: str
    officer: str | None = Field(
        description="The subject of whoever raised it; null where nobody has taken up yet what policy opened."
    )
    clock: Clock = Field(
        description="What it waits for: a manager's answer, the officer's decision, the outcome, the whole formal "
        "process (20 working days), the day by which the child needs it, or an action that was promised."
    )
    timescale: str
    title: str
    ladder: str | None
    stage: str | None = Field(description="The stage at which the alert stands now.")
    stage_title: str | None
    responder: str | None = Field(description="Who answers at that stage, in the words of the ladder.")
    due_on: date
    due_at: datetime
    standing: str = Field(description="overdue, due_soon (within seven days) or in_time.")
    breached: bool = Field(description="Whether the miss is on record.")


class ClockList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"as_at": "2026-11-23T12:00:00Z", "items": [EXAMPLE], "next": None}}
    )

    as_at: datetime = Field(description="The instant (UTC) at which the lines stand as they say.")
    items: list[ClockLine]
    next: str | None = Field(default=None, description="The address of the next stretch.")
