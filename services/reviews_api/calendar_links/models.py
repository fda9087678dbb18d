"""A link under which a calendar program reads an officer's dates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class CalendarLink(Base, kw_only=True):
    """Of the officer whose worker's record it names, whoever made it. Of its secret, only the SHA-256 is kept. Instants
    are UTC. Revoked, never deleted."""

    __tablename__ = "calendar_link"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    worker_id: Mapped[UUID]
    secret_sha256: Mapped[bytes] = mapped_column(repr=False)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by: Mapped[str | None] = mapped_column(default=None)

    def revoke(self, by: str, at: datetime) -> None:
        """From now on it leads nowhere. Whoever revoked it first is remembered."""
        if self.revoked_at is None:
            self.revoked_at, self.revoked_by = at, by
