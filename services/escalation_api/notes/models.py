"""What an officer keeps for themselves and for other officers: private notes, and legal advice, which is privileged."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class NoteKind(StrEnum):
    """An officer's own note, or the independent legal advice that an officer was given."""

    PRIVATE = "private"
    LEGAL_ADVICE = "legal_advice"


class Note(Base, kw_only=True):
    """A note on an escalation; never changed. Written at an instant (UTC)."""

    __tablename__ = "escalation_note"
    __table_args__ = (
        ForeignKeyConstraint(["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"]),
    )

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    escalation_id: Mapped[UUID]
    kind: Mapped[str]
    words: Mapped[str]
    written_by: Mapped[str]
    written_at: Mapped[datetime]
