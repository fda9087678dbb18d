"""Notes how far a consumer is, or that there is none any more."""

from datetime import datetime

from sqlalchemy import Boolean, delete, literal_column
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.consumers.held import check_held
from services.scheduler.consumers.models import Consumer
from services.scheduler.consumers.schemas import Held
from shared.auth.principal import Principal
from shared.http.versions import Saved
from shared.refusals import NotFound

IS_NEW = literal_column("xmax = 0", Boolean)


async def hold(
    session: AsyncSession, who: Principal, reference: str, held: Held, now: datetime
) -> tuple[Consumer, Saved]:
    """Note what a consumer holds, and whether it is a new one. Raises Contradiction and TransitionRefused."""
    values = {"authority_id": who.authority, "reference": reference, "position": held.position}
    # Locks the row that is there as it is; one that is being forgotten meanwhile is waited for, and made anew.
    taken = (
        insert(Consumer)
        .values(**values, said_at=now, said_by=who.subject)
        .on_conflict_do_update(
            index_elements=["authority_id", "reference"], set_={"position": Consumer.position}
        )
    )
    is_new = bool(await session.scalar(taken.returning(IS_NEW)))
    consumer = await session.get_one(Consumer, (who.authority, reference))
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
