"""Subscriptions as they are asked for and shown."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AliasChoices, ConfigDict, Field, JsonValue, StringConstraints

from services.scheduler.event_types.known import known
from services.scheduler.subscriptions.keys import Scheme
from services.scheduler.subscriptions.states import SubscriptionState, SubscriptionVerb
from shared.http.fields import Body, Reference, View


def _each_once(values: list[str]) -> list[str]:
    return sorted(set(values))


EventType = Annotated[str, StringConstraints(max_length=64), AfterValidator(known)]
Types = Annotated[list[EventType], Field(min_length=1, max_length=100), AfterValidator(_each_once)]
References = Annotated[list[Reference], Field(min_length=1, max_length=200), AfterValidator(_each_once)]
EXAMPLE: dict[str, JsonValue] = {
    "url": "https://case-system.example/duecare",
    "types": ["deadline.*"],
    "teams": ["looked-after-2"],
}


class Wanted(Body):
    """Where to send events, and which: of all types, teams and officers where none are named. What is named of
    several kinds must all be so; an event about no child has a team or an officer only where one of them caused it."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)] = Field(
        description="HTTPS at its own port, at a host that the installation allows."
    )
    types: Types | None = Field(None, description="Types, or families of them: `deadline.*`.")
    teams: References | None = Field(None, description="Your references of the children's teams.")
    officers: References | None = Field(None, description="Your references of the children's officers.")


class NewSubscription(Wanted):
    """A new subscription: where to send events, which, and how to sign them."""

    scheme: Scheme = Field(
        Scheme.HMAC,
        description="`hmac`: a secret for both sides (v1). `ed25519`: you get a public key, and no secret (v1a).",
    )


class Rotation(Body):
    """Another secret. Until the overlap has passed, each webhook carries two signatures: with the new secret and with
    the one before it."""

    model_config = ConfigDict(json_schema_extra={"example": {"overlap_hours": 24}})

    overlap_hours: int = Field(24, ge=0, le=168, strict=True, description="0: the old secret signs no more.")
    scheme: Scheme | None = Field(None, description="Null: as before.")


class SubscriptionView(View):
    """A subscription. Its secret is never shown again."""

    id: UUID
    url: str
    types: list[str] | None = Field(description="Null: every type.")
    teams: list[str] | None = Field(description="Null: every team.")
    officers: list[str] | None = Field(description="Null: every officer.")
    scheme: Scheme
    hears_restricted: bool = Field(
        description="Whether it is told of restricted children: where whoever made it sees them."
    )
    public_key: str | None = Field(description="`whpk_` and the key in base64; null unless ed25519.")
    previous_until: datetime | None = Field(description="Until then the secret before this one signs too.")
    state: SubscriptionState
    possible: list[SubscriptionVerb] = Field(description="What can be done with it now.")
    version: int
    created_at: datetime
    created_by: str
    paused_at: datetime | None
    paused_by: str | None
    ended_at: datetime | None
    ended_because: str | None


class SubscriptionKeyed(SubscriptionView):
    """A subscription with the secret that signs its webhooks from now on, shown this once."""

    secret: str | None = Field(
        validation_alias=AliasChoices("shown_secret", "secret"),  # of a row, never the second
        description="`whsec_` and 32 bytes in base64, as Standard Webhooks has it; null for ed25519.",
    )


class SubscriptionList(View):
    """Subscriptions of the authority, the newest first; those that ended too."""

    subscriptions: list[SubscriptionView]
    next: str | None = Field(description="The address of those before them; null at the end.")


class Pinged(View):
    """The trial event, which the deliveries of the subscription show under the same id."""

    event_id: UUID


class StepView(View):
    """What was done with a subscription: by whom (null: by Duecare itself) and when."""

    verb: SubscriptionVerb
    taken_by: str | None
    taken_at: datetime
    version: int = Field(description="The subscription's, after it.")
    was: dict[str, Any] | None = Field(description="What the fields that were changed held before.")


class StepList(View):
    """Every step, the newest first, at most the last thousand."""

    steps: list[StepView]
