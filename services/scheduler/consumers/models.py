"""Who only pulls, and how far they say they are."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class Consumer(Base, kw_only=True):
    """A reader of the feed, which holds everything up to `position`, as it last said."""

    __tablename__ = "consumer"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    said_at: Mapped[datetime]
    said_by: Mapped[str]
