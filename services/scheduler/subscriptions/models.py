"""Who asked to be told."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class Scheme(StrEnum):
    """How webhooks are signed: with a secret that both sides hold, or with a key of which the receiver has the public
    half (`v1` and `v1a` of Standard Webhooks)."""

    HMAC = "hmac"
    ED25519 = "ed25519"


class Subscription(Base, kw_only=True):
    """An address that is told of events: of these types, teams and officers, None meaning all of them. While it is
    paused its deliveries wait. `previous_secret` signs beside `secret` until `previous_until` (UTC). Since
    `failing_since` nothing has arrived; `warned_percent` of the time after which it is ended has been warned of.
    `acknowledged_position` is what its receiver says it holds. It is told of what has its place after `told_after`, and
    its present wishes count since then. Ended, never deleted."""

    __tablename__ = "subscription"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    url: Mapped[str]
    types: Mapped[list[str] | None] = mapped_column(ARRAY(Text()))
    teams: Mapped[list[str] | None] = mapped_column(ARRAY(Text()), default=None)
    officers: Mapped[list[str] | None] = mapped_column(ARRAY(Text()), default=None)
    scheme: Mapped[str] = mapped_column(default=Scheme.HMAC)
    secret: Mapped[str] = mapped_column(repr=False)
    public_key: Mapped[str | None] = mapped_column(default=None)
    previous_secret: Mapped[str | None] = mapped_column(default=None, repr=False)
    previous_until: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    told_after: Mapped[int] = mapped_column(BigInteger, default=0)
    paused_at: Mapped[datetime | None] = mapped_column(default=None)
    paused_by: Mapped[str | None] = mapped_column(default=None)
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    warned_percent: Mapped[int] = mapped_column(default=0)
    acknowledged_position: Mapped[int | None] = mapped_column(BigInteger, default=None)
    acknowledged_at: Mapped[datetime | None] = mapped_column(default=None)
    acknowledged_by: Mapped[str | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_because: Mapped[str | None] = mapped_column(default=None)

    def end(self, because: str, now: datetime) -> bool:
        """Tell this address no more. False where that was so already."""
        if self.ended_at is not None:
            return False
        self.ended_at, self.ended_because = now, because
        return True
