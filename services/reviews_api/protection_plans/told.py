"""The plans that hang on a child's birth."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import birth_of
from services.reviews_api.children.models import Child
from services.reviews_api.protection_plans.models import ProtectionPlan, ToldPlan


def told(plan: ProtectionPlan, child: Child) -> ToldPlan:
    """A plan of this child, as the engine is told of it."""
    return ToldPlan(plan, birth_of(child, ()).born_on)


async def plans_told(session: AsyncSession, child: Child) -> list[ToldPlan]:
    """All standing plans of a child, to be told again when the birth is corrected."""
    plans = await session.scalars(
        select(ProtectionPlan)
        .where(ProtectionPlan.authority_id == child.authority_id, ProtectionPlan.child_id == child.id)
        .where(ProtectionPlan.withdrawn_at.is_(None))
        .order_by(ProtectionPlan.id)
    )
    return [told(plan, child) for plan in plans]
