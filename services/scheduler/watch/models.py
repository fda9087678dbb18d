"""What a scheduler says of itself, and who confirmed what time it is. Every instant is the database's, in UTC."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class Heartbeat(Base, kw_only=True):
    """One scheduler's last sign of life for one council. `swept_at` is when its last full sweep ended, None before
    the first; `behind_seconds` how long ago the oldest alarm that nobody has dealt with was to ring."""

    __tablename__ = "heartbeat"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    instance: Mapped[UUID] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    ticked_at: Mapped[datetime]
    swept_at: Mapped[datetime | None] = mapped_column(default=None)
    behind_seconds: Mapped[float]
    events_waiting: Mapped[int] = mapped_column(BigInteger)
    deliveries_waiting: Mapped[int] = mapped_column(BigInteger)
    clock_suspect: Mapped[bool]


class ClockConfirmation(Base, kw_only=True):
    """Somebody looked at a clock they trust and said that the database's is right: what both showed, and why."""

    __tablename__ = "clock_confirmation"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    confirmed_at: Mapped[datetime]
    application_at: Mapped[datetime]
    confirmed_by: Mapped[str]
    reason: Mapped[str]
