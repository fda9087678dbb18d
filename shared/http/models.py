"""Answers already given, kept so that a retry gets the same one."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class IdempotencyKey(Base):
    """A caller's key, the fingerprint of the request it came with, and the answer it got.

    Each service sees only its own: `service` is the database role that wrote the row.
    """

    __tablename__ = "idempotency_key"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True, server_default=text("current_user"), init=False)
    caller: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    created_at: Mapped[datetime]
    status: Mapped[int | None] = mapped_column(default=None)
    headers: Mapped[dict[str, str] | None] = mapped_column(default=None)
    body: Mapped[str | None] = mapped_column(default=None)


HTTP_MODELS = (IdempotencyKey,)
