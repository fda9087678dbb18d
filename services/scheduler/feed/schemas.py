"""The feed as its readers see it."""

from typing import Annotated, Any

from fastapi import Header, Query
from pydantic import ConfigDict, Field

from shared.events.deadline_events import DeadlineBreached
from shared.events.schemas import example_envelope
from shared.http.fields import View

FURTHEST = 2**63 - 1
EXAMPLE: dict[str, Any] = {
    "events": [{"position": 42, "event": example_envelope(DeadlineBreached)}],
    "next": 42,
    "head": 42,
}

After = Annotated[int, Query(ge=0, le=FURTHEST, description="The last position you have; 0 for the start.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many events at most.")]
Wait = Annotated[
    float,
    Query(
        ge=0,
        le=30,
        allow_inf_nan=False,
        description="Seconds to wait for an event where there is none yet; answered as soon as there is.",
    ),
]
LastEventId = Annotated[
    str | None,
    Header(pattern=r"^[0-9]{1,18}$", description="Where a broken stream goes on; wins over `after`."),
]
LastEventIdInAddress = Annotated[
    str | None,
    Query(
        alias="lastEventId",
        pattern=r"^[0-9]{1,18}$",
        description="The same, of a client in a browser that cannot send the header; which wins over this.",
    ),
]


class FeedEvent(View):
    """An event in its place; the event is a CloudEvents 1.0 envelope."""

    position: int
    event: dict[str, Any]


class FeedPage(View):
    """The events after a position, in order. Ask again with `after` = `next`."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    events: list[FeedEvent]
    next: int = Field(description="The position to ask after next time: until there, nothing else is wanted.")
    head: int = Field(description="The last position given out so far.")
