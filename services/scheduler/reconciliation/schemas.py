"""What a subscription was to be told of, and what became of it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from services.scheduler.consumers.schemas import ConsumerView, HeldView
from shared.http.fields import View

Since = Annotated[
    int, Query(ge=0, le=2**63 - 1, description="Count only what comes after this position, to be quick.")
]
Next = Annotated[UUID | None, Query(description="The id of the last subscription you have.")]
Few = Annotated[
    int, Query(ge=1, le=50, description="How many subscriptions at most; fewer where much must be counted.")
]


class Reconciliation(View):
    """One subscription. Every expected event is acknowledged, waits, is dead, was dropped, or is missing; what is
    delivered again counts as waiting until it has arrived again."""

    subscription_id: UUID
    after: int = Field(
        description="Counted are the events after this position: at first, those since it began."
    )
    until: int = Field(
        description="And up to this one: the head of the feed; of an ended subscription, the last that it was told of; "
        "or as far as one request goes."
    )
    next: int | None = Field(
        description="Ask on for this subscription with `since` = `next`; null where it is counted to the end."
    )
    expected: int = Field(description="Events that it wants, history left out.")
    sent: int = Field(description="Of those, tried at least once.")
    acknowledged: int = Field(description="Answered with a 2xx.")
    waiting: int
    dead: int
    dropped: int = Field(
        description="Not told because the subscription ended, or the child was restricted before it was sent."
    )
    missing: int = Field(description="Never handed out. Must be 0.")
    acknowledged_until: int = Field(
        description="Everything expected from `after` up to this position has been acknowledged."
    )
    oldest_waiting_since: datetime | None = Field(description="When the oldest event that waits happened.")
    failing_since: datetime | None = Field(
        description="Since when nothing has arrived; null where all is well."
    )
    receiver: HeldView | None = Field(
        description="What the receiver itself says that it holds; null: nothing."
    )


class ReconciliationPage(View):
    """Every subscription that has not ended, and every consumer that only pulls."""

    head: int = Field(description="The last position given out.")
    subscriptions: list[Reconciliation]
    consumers: list[ConsumerView] = Field(description="With the first page.")
    next: UUID | None = Field(description="Ask again with `after` = `next` until this is null.")
