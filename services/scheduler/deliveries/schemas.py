"""Deliveries as a subscriber's operator sees them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from services.scheduler.deliveries.models import Outcome, State
from shared.http.fields import View

After = Annotated[int, Query(ge=0, le=2**63 - 1, description="The feed position of the last one you have.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many deliveries at most.")]
AfterLetter = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9]{1,18}\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        description="The `next` of the page before.",
    ),
]
InState = Annotated[State | None, Query(description="Only those in this state.")]


class AttemptView(View):
    """One attempt to deliver."""

    attempted_at: datetime
    outcome: Outcome
    status: int | None = Field(description="The receiver's HTTP status; null where it gave none.")
    milliseconds: int
    first_bytes: str | None = Field(
        default=None, description="How the answer began, for the role operator alone; null for all others."
    )


class DeliveryView(View):
    """One event for one subscription, with every attempt at it, the oldest first."""

    event_id: UUID
    position: int
    state: State
    attempts: int
    next_attempt_at: datetime | None = Field(description="Null unless it waits.")
    tried: list[AttemptView]


class DeliveryPage(View):
    """Deliveries in the order of the feed. Ask again with `after` = `next` until `next` is null."""

    deliveries: list[DeliveryView]
    next: int | None


class DeadLetter(DeliveryView):
    """An event whose last attempt for a subscription failed. It can be replayed."""

    subscription_id: UUID
    type: str


class DeadLetterPage(View):
    """Dead letters of all subscriptions, the oldest events first. Ask again with `after` = `next` until that is
    null."""

    dead_letters: list[DeadLetter]
    next: str | None
