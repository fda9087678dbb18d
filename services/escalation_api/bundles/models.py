"""The bundle that went with a referral to Cafcass, kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.escalation_api.cafcass.models import REFERRAL_KEY
from shared.db.base import Base


class SentBundle(Base, kw_only=True):
    """The bundle as it was sent at an instant (UTC), never changed: the document (JSON) and the page (HTML), to the
    byte, each with its SHA-256. `about` are the ids of all children of whom it tells anything."""

    __tablename__ = "cafcass_bundle"
    __table_args__ = (ForeignKeyConstraint(*REFERRAL_KEY),)

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    document: Mapped[str]
    document_sha256: Mapped[str]
    page: Mapped[str]
    page_sha256: Mapped[str]
    about: Mapped[list[str]]
    sent_by: Mapped[str]
    sent_at: Mapped[datetime]
