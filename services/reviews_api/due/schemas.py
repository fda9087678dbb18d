"""What is asked of, and shown in, the list of what is due."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from shared.http.fields import Reference, View
from shared.http.places import ID, INSTANT
from shared.timescales.timescale import Basis

Days = Annotated[int, Query(ge=1, le=366, description="Due within so many times 24 hours from now.")]
Overdue = Annotated[
    bool | None, Query(description="true: only what is overdue; false: only what is still to come.")
]
OfOfficer = Annotated[
    Reference | None,
    Query(description="Your reference of an officer: of the children whom this officer is allocated to now."),
]
OfTeam = Annotated[Reference | None, Query(description="Your reference of a team: of its children.")]
OfTimescale = Annotated[
    str | None, Query(pattern="^[a-z0-9-]{1,64}$", description="The code of a timescale.")
]
OfBasis = Annotated[Basis | None, Query(description="On whose authority the timescale stands.")]
After = Annotated[
    str | None,
    Query(pattern=rf"^{INSTANT}\.{ID}$", description="Where the last stretch ended, as `next` has it."),
]

EXAMPLE: JsonDict = {
    "id": "0197b1a4-5a3c-5d11-9d59-0f5b3a6e2c11",
    "child_id": "0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
    "child": "C-1001",
    "timescale": "lac-review-first",
    "title": "First looked-after review",
    "basis": "statutory",
    "due_on": "2026-11-27",
    "due_at": "2026-11-28T00:00:00Z",
    "standing": "due_soon",
    "breached": False,
    "officer": "iro-3",
    "reason": "Day 0 is Mon 2 November 2026, when the child became looked after. "
    "First looked-after review: within 20 working days (statutory: SI 2010/959 reg 33(1)).",
}


class DueLine(View):
    """A promise still open to a child. `due_on` is a London date, `due_at` a UTC instant."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID = Field(description="The deadline's id.")
    child_id: UUID
    child: str = Field(description="Your own reference of the child.")
    timescale: str
    title: str
    basis: str
    due_on: date
    due_at: datetime
    standing: str = Field(description="overdue, due_soon (within seven days) or in_time.")
    breached: bool = Field(description="Whether the miss is on record.")
    officer: str | None = Field(
        description="Your reference of the officer now responsible for the child: of several, the one allocated last."
    )
    reason: str = Field(
        description="Where the clock starts and what the rule is, in one line of plain English."
    )


class DueList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    as_at: datetime = Field(description="The instant (UTC) at which the lines stand as they say.")
    items: list[DueLine]
    next: str | None = Field(default=None, description="The address of the next stretch.")
