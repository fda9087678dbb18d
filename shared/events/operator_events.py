"""What Duecare says to those who run it: how those fare who asked to be told. About no child: `child_id` is None."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from shared.events.language import Event, RecordEvent, example
from shared.events.words import Code, Said

# Of examples.
SUBSCRIPTION: dict[str, Any] = {"subject_id": UUID("0199b6d2-7c41-7a09-9be3-50f2d8617ea4"), "child_id": None}
EVENT = UUID("5d1f0c34-5e8a-5b77-9d2f-3b0c9a4be111")


@example(**SUBSCRIPTION)
@dataclass(frozen=True, slots=True)
class SubscriptionPinged(RecordEvent):
    """Somebody asked for a trial event, which goes to this subscription alone, whatever it wants to hear of."""

    type: ClassVar[str] = "subscription.pinged"
    noun: ClassVar[str] = "subscription"


@example(**SUBSCRIPTION, percent=50, failing_since=datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
@dataclass(frozen=True, slots=True)
class SubscriptionFailing(Event):
    """Nothing has arrived at a subscription for so long that a part of the time after which it is ended has gone by.
    Told once for each part and each such time."""

    type: ClassVar[str] = "subscription.failing"
    noun: ClassVar[str] = "subscription"
    percent: Annotated[int, Said("How much of that time: 50, 70, 90 or 100.")]
    failing_since: Annotated[datetime, Said("The first attempt since which none has succeeded.")]

    def about(self) -> str:
        return f"{self.subject_id}:{self.failing_since.isoformat()}:{self.percent}"


@example(**SUBSCRIPTION, because="gone")
@dataclass(frozen=True, slots=True)
class SubscriptionEnded(Event):
    """A subscription is told no more: it was deleted, its receiver is gone for good, or failed for too long."""

    type: ClassVar[str] = "subscription.ended"
    noun: ClassVar[str] = "subscription"
    because: Annotated[str, Code("Why.", ("deleted", "gone", "failing"))]

    def about(self) -> str:
        return str(self.subject_id)


@example(**SUBSCRIPTION, event_id=EVENT, position=412, died_at=datetime(2026, 11, 20, 21, 30, tzinfo=UTC))
@dataclass(frozen=True, slots=True)
class DeliveryDied(Event):
    """The last attempt to deliver an event to a subscription failed. The event stays in the feed at its position, and
    can be replayed; if that fails too, this is told again."""

    type: ClassVar[str] = "delivery.died"
    noun: ClassVar[str] = "subscription"
    event_id: Annotated[UUID, Said("The event that was not delivered.")]
    position: Annotated[int, Said("Its position in the feed.")]
    died_at: Annotated[datetime, Said("When the last attempt failed.")]

    def about(self) -> str:
        return f"{self.subject_id}:{self.event_id}:{self.died_at.isoformat()}"
