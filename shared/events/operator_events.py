"""What Duecare says to those who run it: how those fare who asked to be told. About no child: `child_id` is None."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.events.language import Event, RecordEvent


@dataclass(frozen=True, slots=True)
class SubscriptionPinged(RecordEvent):
    """Somebody asked for a trial event, which goes to this subscription alone, whatever it wants to hear of."""

    type: ClassVar[str] = "subscription.pinged"
    noun: ClassVar[str] = "subscription"


@dataclass(frozen=True, slots=True)
class SubscriptionFailing(Event):
    """Nothing has arrived at a subscription since an instant (UTC), and `percent` (50, 70, 90 or 100) of the time
    after which it is ended has gone by. Told once for each of the four and each such time."""

    type: ClassVar[str] = "subscription.failing"
    noun: ClassVar[str] = "subscription"
    percent: int
    failing_since: datetime

    def about(self) -> str:
        return f"{self.subject_id}:{self.failing_since.isoformat()}:{self.percent}"


@dataclass(frozen=True, slots=True)
class SubscriptionEnded(Event):
    """A subscription is told no more, for ever; `because` is a code: deleted, gone, failing."""

    type: ClassVar[str] = "subscription.ended"
    noun: ClassVar[str] = "subscription"
    because: str

    def about(self) -> str:
        return str(self.subject_id)


@dataclass(frozen=True, slots=True)
class DeliveryDied(Event):
    """The last attempt to deliver an event to a subscription failed, at an instant (UTC). The event stays in the feed
    at its position, and can be replayed; if that fails too, this is told again."""

    type: ClassVar[str] = "delivery.died"
    noun: ClassVar[str] = "subscription"
    event_id: UUID
    position: int
    died_at: datetime

    def about(self) -> str:
        return f"{self.subject_id}:{self.event_id}:{self.died_at.isoformat()}"
