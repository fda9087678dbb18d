"""What is asked of, and shown in, a child's timeline."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import ConfigDict, Field

from shared.http.fields import View
from shared.http.places import ID, INSTANT

_NAME = "[a-z0-9_.-]{1,64}"

Kinds = Annotated[
    str | None,
    Query(
        pattern=f"^{_NAME}(,{_NAME}){{0,19}}$",
        description="Up to twenty names of `what` or `kind`, with commas between: entries of any of them.",
    ),
]
After = Annotated[
    str | None,
    Query(
        pattern=rf"^{INSTANT}\.{INSTANT}\.\d{{1,9}}\.{ID}$",
        description="Where the last stretch ended, as `next` has it.",
    ),
]


class TimelineIds(View):
    """What an entry is about: a fact with its record, a deadline with what started it, or an escalation."""

    fact: UUID | None = None
    record: UUID | None = None
    history: UUID | None = None
    deadline: UUID | None = None
    escalation: UUID | None = None


class TimelineEntry(View):
    """One thing that was so. `on` is the London date, `at` the UTC instant where it is known to the instant."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "at": None,
                "on": "2026-11-20",
                "what": "fact",
                "kind": "review.held",
                "ids": {
                    "fact": "0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d11",
                    "record": "0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d12",
                    "history": "0193b1a2-6f00-7c1e-9a53-2a7b6f4f8d13",
                    "deadline": None,
                    "escalation": None,
                },
                "recorded_at": "2026-11-20T16:00:00Z",
                "withdrawn_at": None,
                "words": "A review was held.",
            }
        }
    )

    at: datetime | None
    on: date
    what: str = Field(
        description="fact, deadline_opened, deadline_closed, deadline_breached, escalation_raised or "
        "escalation_resolved."
    )
    kind: str = Field(description="The kind of fact or escalation, or the code of the deadline's timescale.")
    ids: TimelineIds
    recorded_at: datetime
    withdrawn_at: datetime | None = Field(description="Since when it is known not to be so.")
    words: str = Field(description="The same in one line of plain English.")


class TimelineList(View):
    """A stretch of the timeline, and where the next begins; null at the end."""

    items: list[TimelineEntry]
    next: str | None = Field(default=None, description="The address of the next stretch.")
