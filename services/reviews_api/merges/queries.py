"""Reading what was merged and split."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from services.reviews_api.children.queries import surviving
from services.reviews_api.merges.models import ChildMerge
from services.reviews_api.merges.schemas import MergeList, MergeView
from services.reviews_api.record import get
from shared.auth.principal import Principal


async def merges_of(session: AsyncSession, who: Principal, reference: str) -> MergeList:
    """The merges and splits that the record with this reference was part of. Raises NotFound."""
    child = await get(session, Child, who.authority, reference)
    await surviving(session, who.authority, reference)  # which may be restricted where this record is not
    found = await session.scalars(
        select(ChildMerge)
        .where(ChildMerge.authority_id == who.authority)
        .where(or_(ChildMerge.from_child_id == child.id, ChildMerge.to_child_id == child.id))
        .order_by(ChildMerge.id)
    )
    return MergeList(items=[MergeView.model_validate(each) for each in found])
