"""Writing a child's record."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import birth
from services.reviews_api.children.models import Child
from services.reviews_api.children.schemas import ChildBody
from services.reviews_api.record import find_to_put
from services.reviews_api.timeline import tell
from shared.db.base import new_id
from shared.events.language import ChildUpserted
from shared.http.door import Door
from shared.http.versions import Saved


async def put_child(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: ChildBody,
    if_match: str | None,
) -> tuple[Child, Saved]:
    """Create or replace the child's record; the same content again changes nothing and says nothing."""
    values = body.model_dump()
    child = await find_to_put(session, Child, authority, reference)
    if child is None:
        child = Child(authority_id=authority, reference=reference, **values)
        session.add(child)
        saved = Saved.CREATED
    else:
        saved = child.change(values, if_match)
    if saved is not Saved.UNCHANGED:
        await session.flush()
        known = await birth(session, child)
        told = ChildUpserted(subject_id=child.id, child_id=child.id, occasion=new_id())
        await tell(session, door, known, known.histories, [told])
    return child, saved
