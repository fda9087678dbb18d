"""What the council's policy does by itself: opens what a breach asks to be opened, takes on what was open before there
was a ladder, and lets old suggestions lapse."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.climbing import put_at
from services.escalation_api.escalations.ladders import foot
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.recording import record
from services.escalation_api.escalations.stages import Why
from services.escalation_api.escalations.transitions import State
from services.escalation_api.suggestions.suggesting import let_old_lapse
from shared.http.door import Door
from shared.timescales.ladder import Ladder
from shared.timescales.london import day_starts_at, london_date

TAKEN_ON_AT_ONCE = 100


async def open_by_policy(
    session: AsyncSession, door: Door, authority: str, suggestions: Collection[UUID]
) -> None:
    """Raise these suggestions, as the council's timescales say; nobody has taken them up yet."""
    ladder = door.law.catalogue.ladder_on(london_date(door.clock.now()))
    if ladder is None:
        return
    for each in suggestions:
        escalation = await session.get(Escalation, (authority, each), with_for_update=True)
        if escalation is not None and escalation.state == State.SUGGESTED:
            step = escalation.accept(None, door.clock.now())
            await put_at(session, escalation, ladder, foot(ladder, escalation.kind), Why.RAISED, step)
            await record(session, door, escalation, step)


async def keep_policy(session: AsyncSession, door: Door, authority: str) -> None:
    """Do what is due by now. A second time changes nothing."""
    now = door.clock.now()
    ladder = door.law.catalogue.ladder_on(london_date(now))
    if ladder is None:
        return
    first_kept = door.law.calendar.working_day(london_date(now), -ladder.lapses.days)
    await let_old_lapse(session, authority, day_starts_at(first_kept), now)
    await _take_on(session, door, authority, ladder)


async def _take_on(session: AsyncSession, door: Door, authority: str, ladder: Ladder) -> None:
    """An escalation that was open before there was a ladder stands at the foot of it from now on."""
    found = await session.scalars(
        select(Escalation)
        .where(
            Escalation.authority_id == authority,
            Escalation.state == State.OPEN,
            Escalation.stage_id.is_(None),
        )
        .order_by(Escalation.id)
        .limit(TAKEN_ON_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    for escalation in found:
        step = escalation.note("take_over", None, door.clock.now(), "It was open before there was a ladder.")
        await put_at(session, escalation, ladder, ladder.first, Why.TAKEN_OVER, step)
        await record(session, door, escalation, step)
