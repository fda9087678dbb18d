"""Who asked to be told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class Subscription(Base, kw_only=True):
    """An address that is told of events; `types` None means all of them. Ended, never deleted."""

    __tablename__ = "subscription"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    url: Mapped[str]
    types: Mapped[list[str] | None] = mapped_column(ARRAY(Text()))
    secret: Mapped[str] = mapped_column(repr=False)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_because: Mapped[str | None] = mapped_column(default=None)

    def end(self, because: str, now: datetime) -> bool:
        """Tell this address no more. False where that was so already."""
        if self.ended_at is not None:
            return False
        self.ended_at, self.ended_because = now, because
        return True
