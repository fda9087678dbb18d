"""Confirming that the database's clock is right."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.watch.agreed_clock import DATABASE_CLOCK
from services.scheduler.watch.models import ClockConfirmation
from services.scheduler.watch.schemas import ClockConfirmed
from shared.auth.principal import Principal
from shared.clock import Clock
from shared.refusals import TransitionRefused

NEAR = timedelta(minutes=1)


async def confirm_clock(
    session: AsyncSession, clock: Clock, who: Principal, body: ClockConfirmed
) -> ClockConfirmation:
    """Write it down; a scheduler in doubt finds it at its next reading. Raises TransitionRefused where the database's
    clock is not within a minute of what was said: by that one, nothing may be told."""
    shown: datetime = (await session.execute(DATABASE_CLOCK)).scalar_one()
    if abs(body.now - shown) > NEAR:
        raise TransitionRefused(
            f"The database's clock shows {shown.isoformat(timespec='seconds')}. Set it right first: the "
            "scheduler goes by it.",
            code="clock_is_wrong",
        )
    confirmation = ClockConfirmation(
        authority_id=who.authority,
        confirmed_at=shown,
        application_at=clock.now(),
        confirmed_by=who.subject,
        reason=body.reason,
    )
    session.add(confirmation)
    await session.flush()
    return confirmation
