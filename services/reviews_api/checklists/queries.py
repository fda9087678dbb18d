"""Reading the versions of a checklist."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.checklists.models import ChecklistVersion


async def versions(session: AsyncSession, authority: str, checklist: UUID) -> Sequence[ChecklistVersion]:
    """Every version of a checklist, the newest first."""
    found = await session.scalars(
        select(ChecklistVersion)
        .where(ChecklistVersion.authority_id == authority, ChecklistVersion.checklist_id == checklist)
        .order_by(ChecklistVersion.version.desc())
    )
    return found.all()
