"""An import of rows in bulk, and each of its rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base, new_id


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


ACCEPTED = (Outcome.CREATED, Outcome.CHANGED, Outcome.WITHDRAWN)


class BulkImport(Base, kw_only=True):
    """Rows that the case system sent at once. Instants are UTC; `done` counts the rows that have an outcome."""

    __tablename__ = "bulk_import"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    dry_run: Mapped[bool]
    rows: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    superseded: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class BulkImportRow(Base, kw_only=True):
    """One line of an import. Rows are done in the order of `turn`; the body is personal data, and is forgotten once
    there is an outcome. One that was refused waits for another turn: `accepted_before` is how many rows had been
    accepted when it was done last, so that it is not done again where nothing has happened since."""

    __tablename__ = "bulk_import_row"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[int]
    record: Mapped[str | None]
    reference: Mapped[str | None]
    withdrawal: Mapped[bool]
    body: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    accepted_before: Mapped[int | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    code: Mapped[str | None] = mapped_column(default=None)
    pointer: Mapped[str | None] = mapped_column(default=None)
    message: Mapped[str | None] = mapped_column(default=None)
