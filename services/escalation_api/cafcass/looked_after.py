"""Whether a child is looked after: what this service may know of periods of care."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Date, DateTime, Text, Uuid, column, or_, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.among import among

# Owned by reviews_api; these columns are all that we ask of it.
care_period = table(
    "care_period",
    column("authority_id", Text),
    column("id", Uuid),
    column("reference", Text),
    column("child_id", Uuid),
    column("started_on", Date),
    column("ended_on", Date),
    column("end_reason", Text),
    column("withdrawn_at", DateTime(timezone=True)),
)


async def looked_after(
    session: AsyncSession, authority: str, children: Collection[UUID], day: date
) -> set[UUID]:
    """Those of these children who are looked after on this London date."""
    its = care_period.c
    query = select(its.child_id).where(
        its.authority_id == authority,
        among(its.child_id, children),
        its.withdrawn_at.is_(None),
        its.started_on <= day,
        or_(its.ended_on.is_(None), its.ended_on >= day),
    )
    return set(await session.scalars(query))
