"""One digest of one worker for one London day: there is never a second."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class State(StrEnum):
    """Waiting to be sent; sent; not sent, as there was nothing to tell; refused for good by the mail server; or given
    up, after its last attempt or with its day."""

    WAITING = "waiting"
    SENT = "sent"
    EMPTY = "empty"
    REFUSED = "refused"
    GIVEN_UP = "given_up"


class Failure(StrEnum):
    """Why the last attempt came to nothing: no mail server, or none that took our word; not now; or never."""

    UNREACHABLE = "unreachable"
    DEFERRED = "deferred"
    REFUSED = "refused"


class Digest(Base, kw_only=True):
    """While `claimed_until` (UTC) lies ahead, somebody is sending it. `status` is the mail server's code; its words are
    not kept, as they may hold the address. The counts are of what was told."""

    __tablename__ = "digest"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    worker_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest_on: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    failure: Mapped[str | None] = mapped_column(default=None)
    status: Mapped[int | None] = mapped_column(default=None)
    due: Mapped[int | None] = mapped_column(default=None)
    overdue: Mapped[int | None] = mapped_column(default=None)
    answered: Mapped[int | None] = mapped_column(default=None)
    unanswered: Mapped[int | None] = mapped_column(default=None)
