"""How far readers of the feed say they are."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import ConfigDict, Field, StrictBool

from shared.http.fields import Body, View

Consuming = Annotated[
    str,
    Path(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", description="The consumer's own name, such as `dashboard`."),
]


class Held(Body):
    """The last position that is held: it, and everything before it, has been taken in."""

    model_config = ConfigDict(json_schema_extra={"example": {"position": 4200}})

    position: Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)]
    back: StrictBool = Field(default=False, description="True to go back, as after a restored backup.")


class HeldView(View):
    """What was last said to be held, by whom, and how far the feed is ahead of that."""

    position: int
    said_at: datetime
    said_by: str
    behind: int = Field(description="How many events have come after it.")
    behind_since: datetime | None = Field(
        description="When the first of those happened; null where there is none."
    )


class ConsumerView(HeldView):
    """A consumer that only pulls."""

    reference: str
