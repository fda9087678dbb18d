"""What an operator says of the clocks."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from shared.http.fields import AwareInstant, Body, Line, View

EXAMPLE: dict[str, Any] = {
    "now": "2026-11-23T12:00:20Z",
    "reason": "The scheduler's host lost its time server. The database's clock is right by the speaking clock.",
}


class ClockConfirmed(Body):
    """What time it is, and why the scheduler may go on by the database's clock."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    now: AwareInstant = Field(description="What time it is by a clock that you trust, to the minute.")
    reason: Line


class ConfirmationView(View):
    """A confirmation, with what the two clocks showed when it was given."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "confirmed_at": "2026-11-23T12:00:21Z",
                "application_at": "2026-11-23T12:09:43Z",
                "confirmed_by": "operator-1",
                "reason": EXAMPLE["reason"],
            }
        }
    )

    confirmed_at: datetime = Field(description="By the database's clock.")
    application_at: datetime = Field(description="By the clock of the machine that answered.")
    confirmed_by: str
    reason: str
