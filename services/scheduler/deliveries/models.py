"""What is to be delivered, and every attempt at it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class State(StrEnum):
    """Waiting for its next attempt, delivered, dead after the last attempt, or ended with its subscription."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    ENDED = "ended"


class Outcome(StrEnum):
    """What came of one attempt: a 2xx, any other answer, a 410, no answer, an address no longer allowed, or a fault of
    Duecare's own."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    BARRED = "barred"
    FAULT = "fault"


class Delivery(Base):
    """One event, with its `position` in the feed, for one subscription. `subject_id` is what it tells of, whose events
    are sent in order. `state` is a State; `attempts` counts those that were made, without those that failed by a fault
    of ours. It is not sent before `next_attempt_at`; while `claimed_until` lies ahead, somebody is sending it. Instants
    are in UTC."""

    __tablename__ = "delivery"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    subscription_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    subject_id: Mapped[UUID]
    state: Mapped[str]
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None] = mapped_column(default=None)


class DeliveryAttempt(Base, kw_only=True):
    """One attempt to send one event: when it began (UTC), its Outcome, the status of the HTTP answer (None where there
    was none), for how many milliseconds it lasted, and how the answer's body began, as text."""

    __tablename__ = "delivery_attempt"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    subscription_id: Mapped[UUID]
    event_id: Mapped[UUID]
    attempted_at: Mapped[datetime]
    outcome: Mapped[str]
    status: Mapped[int | None] = mapped_column(default=None)
    milliseconds: Mapped[int]
    first_bytes: Mapped[str | None] = mapped_column(default=None)
