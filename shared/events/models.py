"""The outbox: events wait here, in the transaction that caused them, for their place in the feed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class OutboxEvent(Base):
    """One event. `position` is given by the relay after commit, without gaps, per authority; with it, the `team` and
    the reviewing `officer` that its child has at that moment, in the case system's references, and whether it is of a
    child who is `restricted` then."""

    __tablename__ = "outbox_event"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), init=False)
    type: Mapped[str]
    subject_id: Mapped[UUID]
    child_id: Mapped[UUID | None]
    occurred_at: Mapped[datetime]
    historic: Mapped[bool]
    envelope: Mapped[Any] = mapped_column(JSON)
    position: Mapped[int | None] = mapped_column(BigInteger, default=None)
    team: Mapped[str | None] = mapped_column(default=None)
    officer: Mapped[str | None] = mapped_column(default=None)
    restricted: Mapped[bool] = mapped_column(default=False)


class FeedHead(Base):
    """The last position given out in an authority's feed. Until `held_until` (UTC) places are given by `writer` alone;
    `epoch` counts the writers, and one whose epoch has passed writes nothing more."""

    __tablename__ = "feed_head"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    epoch: Mapped[int] = mapped_column(BigInteger, default=0)
    writer: Mapped[UUID | None] = mapped_column(default=None)
    held_until: Mapped[datetime | None] = mapped_column(default=None)


class FeedCursor(Base):
    """How far a reader inside Duecare has followed an authority's feed."""

    __tablename__ = "feed_cursor"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)


EVENT_MODELS = (OutboxEvent, FeedHead, FeedCursor)
