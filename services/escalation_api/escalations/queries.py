"""Reading escalations."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.children import child
from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.schemas import EscalationLine, EscalationView
from services.escalation_api.escalations.transitions import State
from shared.refusals import NotFound


async def get(session: AsyncSession, authority: str, id: UUID, *, lock: bool = False) -> Escalation:
    """The escalation with this id. Raises NotFound."""
    query = select(Escalation).where(Escalation.authority_id == authority, Escalation.id == id)
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("escalation")
    return found


async def view(session: AsyncSession, escalation: Escalation) -> EscalationView:
    """The escalation with its child's reference and its steps."""
    reference = await session.scalar(
        select(child.c.reference).where(
            child.c.authority_id == escalation.authority_id, child.c.id == escalation.child_id
        )
    )
    steps = await session.scalars(
        select(EscalationStep)
        .where(EscalationStep.authority_id == escalation.authority_id)
        .where(EscalationStep.escalation_id == escalation.id)
        .order_by(EscalationStep.version)
    )
    return EscalationView.with_steps(escalation, str(reference), steps)


async def stretch(
    session: AsyncSession,
    authority: str,
    state: State | None,
    child_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> list[EscalationLine]:
    """Up to `limit` escalations after the one named, in the order in which they were made."""
    query: Select[Escalation, str] = (
        select(Escalation, child.c.reference)
        .join(child, (child.c.authority_id == Escalation.authority_id) & (child.c.id == Escalation.child_id))
        .where(Escalation.authority_id == authority)
    )
    if state is not None:
        query = query.where(Escalation.state == state)
    if child_id is not None:
        query = query.where(Escalation.child_id == child_id)
    if after is not None:
        query = query.where(Escalation.id > after)
    rows = await session.execute(query.order_by(Escalation.id).limit(limit))
    return [EscalationLine.of(escalation, reference) for escalation, reference in rows]
