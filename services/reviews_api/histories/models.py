"""A history that has no other record: a child's protection, a missing episode, an officer's own support."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base


class HistoryRecord(Recorded, Base, kw_only=True):
    """A history of one child or of one officer. Its id is also the id under which facts and deadlines know it;
    `officer` is the case system's reference."""

    __tablename__ = "history_record"
    noun: ClassVar[str] = "history"

    kind: Mapped[str]
    child_id: Mapped[UUID | None] = mapped_column(default=None)
    officer: Mapped[str | None] = mapped_column(default=None)
