"""An episode: one row of a child's SSDA903 history, kept as it was returned."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class Episode(Base):
    """A stretch of care under one legal status, placement and carer; the dates are London's, the codes the DfE's."""

    __tablename__ = "episode"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    started_on: Mapped[date] = mapped_column(primary_key=True)
    ended_on: Mapped[date | None]
    legal_status: Mapped[str]
    placement: Mapped[str]
    reason_new: Mapped[str]
    reason_ended: Mapped[str | None]
