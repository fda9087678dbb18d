"""Links of calendars as they are asked for and shown."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.http.fields import Body, Reference, View


class NewLink(Body):
    """Whose dates the link shall show."""

    model_config = ConfigDict(json_schema_extra={"example": {"officer": "iro-3"}})

    officer: Reference = Field(description="Your reference of the officer, or our id.")


class LinkView(View):
    """A link. Its secret is never shown again."""

    id: UUID
    worker_id: UUID = Field(description="The id of the officer's record as a worker.")
    created_at: datetime
    created_by: str
    revoked_at: datetime | None
    revoked_by: str | None


class LinkMade(LinkView):
    """A new link, with the address that is shown this once. A retry of the same request shows the link without it."""

    path: str | None = Field(
        description="Put `https://` or `webcal://` and the host of this service before it, and subscribe to it in a "
        "calendar program. Whoever has it reads the calendar: treat it as a password. Null in a retry's answer: "
        "revoke the link and make another.",
        examples=["/v1/calendar_links/feed/8mJ3n0aB5cD7eF9gH1iJ3kL5mN7oP9qR1sT3uV5wX7FMDgwMDAwMTQ.ics"],
    )


class LinkList(View):
    """Links, the newest first; those that were revoked too."""

    links: list[LinkView]
    next: str | None = Field(description="The address of those before them; null at the end.")
