"""The types of events as they are shown."""

from typing import Any

from pydantic import ConfigDict, Field

from shared.events.review_events import ReviewPostponed
from shared.events.schemas import described, event_schema
from shared.http.fields import View

EXAMPLE = described(ReviewPostponed)
SCHEMA_MEDIA_TYPE = "application/schema+json"
SCHEMA: dict[str, Any] = {
    SCHEMA_MEDIA_TYPE: {"schema": {"type": "object"}, "example": event_schema(ReviewPostponed)}
}


class EventTypeView(View):
    """One type of event."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    type: str
    summary: str = Field(description="What it means, in one sentence.")
    description: str = Field(description="What it means, whole.")
    dataschema: str = Field(
        description="The name of the JSON Schema of its data, which every event of this type bears."
    )
    example: dict[str, Any] = Field(description="A whole event, CloudEvents 1.0.")


class EventTypeList(View):
    """Every type of event, by the alphabet."""

    event_types: list[EventTypeView]
