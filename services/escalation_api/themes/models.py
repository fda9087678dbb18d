"""A council's own themes, beside those that ship."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class Theme(Base, kw_only=True):
    """A theme that the council added, renamed or retired. One that is retired (at an instant, UTC) can no longer be
    chosen, and stays with what was raised about it."""

    __tablename__ = "escalation_theme"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    def change(self, title: str, by: str, at: datetime, *, retired: bool) -> None:
        """It is called otherwise, or is retired (from the first time on) or brought back."""
        self.title, self.changed_by, self.changed_at = title, by, at
        self.retired_at = (self.retired_at or at) if retired else None
        self.version += 1
