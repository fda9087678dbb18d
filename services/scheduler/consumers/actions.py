"""Notes how far a consumer is, or that there is none any more."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.consumers.held import check_held
from services.scheduler.consumers.models import Consumer
from services.scheduler.consumers.schemas import Held
from shared.auth.principal import Principal
from shared.http.versions import Saved
from shared.refusals import NotFound


async def hold(
    session: AsyncSession, who: Principal, reference: str, held: Held, now: datetime
) -> tuple[Consumer, Saved]:
    """Note what a consumer holds, and whether it is a new one. Raises Contradiction and TransitionRefused."""
    first = {"authority_id": who.authority, "reference": reference, "position": held.position}
    said = {"said_at": now, "said_by": who.subject}
    added = insert(Consumer).values(**first, **said).on_conflict_do_nothing().returning(Consumer.reference)
    is_new = (await session.execute(added)).first() is not None
    row = select(Consumer).filter_by(authority_id=who.authority, reference=reference).with_for_update()
    consumer = (await session.scalars(row)).one()
    await check_held(session, who.authority, consumer.position, held)
    if is_new or consumer.position == held.position:
        return consumer, Saved.CREATED if is_new else Saved.UNCHANGED
    consumer.position, consumer.said_at, consumer.said_by = held.position, now, who.subject
    await session.flush()
    return consumer, Saved.CHANGED


async def forget(session: AsyncSession, authority: str, reference: str) -> None:
    """There is no such consumer any more. Raises NotFound."""
    gone = (
        delete(Consumer).filter_by(authority_id=authority, reference=reference).returning(Consumer.reference)
    )
    if (await session.execute(gone)).first() is None:
        raise NotFound("consumer")
