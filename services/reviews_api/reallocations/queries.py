"""The children that an officer has, and may hand on."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation, AllocationRole
from services.reviews_api.allocations.queries import standing_of
from services.reviews_api.children.models import Child


async def held_by(
    session: AsyncSession, authority: str, officer: str, role: AllocationRole, at: datetime, now: datetime
) -> dict[str, list[Allocation]]:
    """The officer's allocations since `at` or before that are in force now, locked, by the child's reference and
    the latest first; without the children who have another officer by now."""
    rows = await session.execute(
        select(Allocation, Child.reference)
        .join(Child, (Child.authority_id == authority) & (Child.id == Allocation.child_id))
        .where(Allocation.authority_id == authority, Allocation.officer == officer, Allocation.role == role)
        .where(Allocation.withdrawn_at.is_(None), Allocation.allocated_at <= at)
        .where((Allocation.ended_at.is_(None)) | (Allocation.ended_at > now))
        .order_by(Allocation.allocated_at.desc(), Allocation.id.desc())
        .with_for_update(of=Allocation)
        .execution_options(populate_existing=True)
    )
    found: dict[str, list[Allocation]] = {}
    for allocation, child in rows:
        found.setdefault(child, []).append(allocation)
    children = {each[0].child_id for each in found.values()}
    standing = await standing_of(session, authority, role, children, now)
    return {child: held for child, held in found.items() if standing.get(held[0].child_id) is held[0]}
