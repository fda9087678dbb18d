"""How far the mirror has come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class MirrorCursor(Base):
    """Every event up to `position` was acknowledged by NATS. Until `held_until` (UTC) `holder` alone passes events on.

    `surplus` counts messages that the stream holds of events that it held already; `incarnation` is when NATS made the
    stream, in its own words: another one of the same name has never held anything.
    """

    __tablename__ = "mirror_cursor"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    surplus: Mapped[int] = mapped_column(BigInteger)
    incarnation: Mapped[str | None]
    holder: Mapped[UUID | None]
    held_until: Mapped[datetime | None]
