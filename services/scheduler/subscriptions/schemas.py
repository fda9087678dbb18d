"""Subscriptions as they are asked for and shown."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from services.scheduler.subscriptions.event_types import KNOWN_TYPES
from shared.http.fields import Body, View


def _known(value: str) -> str:
    if value not in KNOWN_TYPES:
        raise ValueError("is no type of event; the known types are " + ", ".join(sorted(KNOWN_TYPES)))
    return value


EventType = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known)]


class NewSubscription(Body):
    """Where to send events, and which: all types where none are named."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"url": "https://case-system.example/duecare", "types": ["deadline.breached"]}
        }
    )

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    types: Annotated[list[EventType], Field(min_length=1, max_length=64)] | None = None


class SubscriptionView(View):
    """A subscription. Its secret is never shown again."""

    id: UUID
    url: str
    types: list[str] | None = Field(description="Null: every type.")
    created_at: datetime
    ended_at: datetime | None
    ended_because: str | None


class SubscriptionCreated(SubscriptionView):
    """A new subscription with the secret that signs its webhooks, shown this once."""

    secret: str = Field(description="`whsec_` and 32 bytes in base64, as Standard Webhooks has it.")


class SubscriptionList(View):
    """Every subscription of the authority, the newest first; those that ended too."""

    subscriptions: list[SubscriptionView]
