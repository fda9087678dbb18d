"""Reading allocations: of a child, of an officer, and who is whose now."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, Uuid, column, func, or_, select, table
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.allocations.models import Allocation, AllocationRole
from services.reviews_api.allocations.schemas import AllocationView
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.known import foreseen
from shared.db.among import among
from shared.timescales.london import london_date

SIBLINGS = "siblings"  # what a batch foresees: the brothers and sisters of each child
_FAMILIES: Any = table("child", column("authority_id", Text), column("id", Uuid), column("family", Text))


async def stretch(
    session: AsyncSession,
    authority: str,
    child: str | None,
    officer: str | None,
    role: AllocationRole | None,
    after: UUID | None,
    limit: int,
) -> list[AllocationView]:
    """Up to `limit` allocations that stand or stood, after the one named. Raises NotFound for an unknown child."""
    of = await stretches.id_of(session, Child, authority, child)
    where = stretches.standing(Allocation, child_id=of, officer=officer, role=role)
    found = await stretches.stretch(session, Allocation, authority, after, limit, *where)
    return [AllocationView.model_validate(each) for each in found]


def standing(authority: str, role: AllocationRole, at: datetime) -> Select[Allocation]:
    """The allocations in force at a UTC instant, the latest of each child; one ends with the child's care."""
    period = CarePeriod
    return (
        select(Allocation)
        .outerjoin(period, (period.authority_id == authority) & (period.id == Allocation.care_period_id))
        .where(Allocation.authority_id == authority, Allocation.role == role)
        .where(Allocation.withdrawn_at.is_(None), Allocation.allocated_at <= at)
        .where(or_(Allocation.ended_at.is_(None), Allocation.ended_at > at))
        .where(period.withdrawn_at.is_(None))
        .where(or_(period.ended_on.is_(None), period.ended_on >= london_date(at)))
        .ext(distinct_on(Allocation.child_id))
        .order_by(Allocation.child_id, Allocation.allocated_at.desc(), Allocation.id.desc())
    )


async def standing_of(
    session: AsyncSession, authority: str, role: AllocationRole, children: Collection[UUID], at: datetime
) -> dict[UUID, Allocation]:
    """The allocation in force of each of these children who has one."""
    query = standing(authority, role, at).where(Allocation.child_id.in_(children))
    return {each.child_id: each for each in await session.scalars(query)}


async def families_of(
    session: AsyncSession, authority: str, children: Collection[UUID]
) -> dict[str, list[UUID]]:
    """The families of these children, each with all its children. Nobody else allocates in them meanwhile."""
    mine = select(_FAMILIES.c.family).where(_FAMILIES.c.authority_id == authority)
    names = await session.scalars(
        mine.where(among(_FAMILIES.c.id, children), _FAMILIES.c.family.is_not(None))
    )
    families: dict[str, list[UUID]] = {name: [] for name in sorted(set(names))}
    for name in families:
        key = func.hashtextextended(f"{authority}:family:{name}", 0)
        await session.execute(select(func.pg_advisory_xact_lock(key)))
    for name, child in await _members(session, authority, list(families)):
        families[name].append(child)
    return families


async def siblings_of(session: AsyncSession, authority: str, child: UUID) -> list[UUID]:
    """The other children of the child's family."""
    known: list[UUID] | None = foreseen(session).get((SIBLINGS, child))
    if known is not None:
        return known
    families = await families_of(session, authority, [child])
    return [each for members in families.values() for each in members if each != child]


async def _members(session: AsyncSession, authority: str, names: Sequence[str]) -> Sequence[Any]:
    found = await session.execute(
        select(_FAMILIES.c.family, _FAMILIES.c.id)
        .where(_FAMILIES.c.authority_id == authority, among(_FAMILIES.c.family, names))
        .order_by(_FAMILIES.c.id)
    )
    return found.all()
