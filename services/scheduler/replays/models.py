"""What somebody asked to be delivered again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class Replay(Base, kw_only=True):
    """The events after position `after`, up to and including `until`, once more for one subscription: those that it
    wants, and with `historic` also those that were history when they were told. Handed out up to `reached`, `events`
    of them; finished at `finished_at`, short of `until` where the subscription ended before. `asked_by` is a token's
    subject. Positions are of the feed, from 1; instants are in UTC."""

    __tablename__ = "replay"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    subscription_id: Mapped[UUID]
    after: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[int] = mapped_column(BigInteger)
    historic: Mapped[bool]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    reached: Mapped[int] = mapped_column(BigInteger)
    events: Mapped[int] = mapped_column(BigInteger, default=0)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
