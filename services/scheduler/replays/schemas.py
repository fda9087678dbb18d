"""Replays as they are asked for and shown."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StrictBool, model_validator

from shared.http.fields import Body, View

Position = Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)]


class NewReplay(Body):
    """One event by its id, or what comes after a position in the feed, up to another one or to its head."""

    model_config = ConfigDict(json_schema_extra={"example": {"after": 4100, "until": 4200}})

    event_id: UUID | None = Field(default=None, description="This one event, also if it was history.")
    after: Position | None = Field(
        default=None, description="The last position that is not wanted; 0 for all."
    )
    until: Position | None = Field(
        default=None, description="The last position that is wanted; by default the head."
    )
    historic: StrictBool = Field(
        default=False,
        description="Also events that were history when they were told, and so went to no webhook.",
    )

    @model_validator(mode="after")
    def _one_or_a_range(self) -> Self:
        if (self.event_id is None) == (self.after is None):
            raise ValueError("name either one event or the position after which events are wanted")
        if self.until is not None and (self.after is None or self.until <= self.after):
            raise ValueError("until must lie beyond after")
        return self


class ReplayView(View):
    """A replay, and how far it has come."""

    id: UUID
    subscription_id: UUID
    after: int
    until: int
    historic: bool
    asked_at: datetime
    asked_by: str
    reached: int = Field(description="Everything up to this position has been handed out.")
    events: int = Field(description="How many deliveries were begun anew.")
    finished_at: datetime | None = Field(
        description="Null while it goes on. Short of `until` where the subscription ended before."
    )
