"""What every action ends with: its steps are stored and told of, and the clocks follow."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.clocks import keep_clocks
from services.escalation_api.escalations.events import event_of
from services.escalation_api.escalations.models import Escalation, EscalationStep
from shared.events.outbox import publish
from shared.http.door import Door


async def record(
    session: AsyncSession, door: Door, escalation: Escalation, *steps: EscalationStep
) -> Escalation:
    """Store the steps beside the change they made, tell of them, and let the clocks say what is so now."""
    session.add_all(steps)
    await session.flush()
    told = [event for step in steps if (event := event_of(escalation, step))]
    await publish(session, escalation.authority_id, told, door.clock.now())
    if escalation.stage_id is not None:
        await keep_clocks(session, door, escalation)
    return escalation
