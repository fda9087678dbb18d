"""Informal resolutions that Duecare suggests by itself: made once per breach, and let lapse with it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.children import known_children
from services.escalation_api.escalations.events import event_of
from services.escalation_api.escalations.models import Breached, Escalation, EscalationStep
from services.escalation_api.escalations.transitions import State
from shared.events.outbox import publish

Taken = tuple[Escalation, EscalationStep]


async def suggest(session: AsyncSession, authority: str, breaches: Sequence[Breached], now: datetime) -> None:
    """Suggest an informal resolution for each breach that has none yet and no open one for its deadline.

    A breach about a child whom Duecare does not hold suggests nothing, and keeps no other from being heard.
    """
    known = await known_children(session, authority, {breached.child_id for breached in breaches})
    about = [breached for breached in breaches if breached.child_id in known]
    if not about:
        return
    proposed = [Escalation.suggested(authority, breached, now) for breached in about]
    made = await session.scalars(
        insert(Escalation)
        .values([_values(escalation) for escalation, _ in proposed])
        .on_conflict_do_nothing()
        .returning(Escalation.id)
    )
    new = set(made)
    await _record(session, authority, [each for each in proposed if each[0].id in new], now)


async def let_lapse(
    session: AsyncSession, authority: str, withdrawn: Collection[tuple[UUID, int]], now: datetime
) -> None:
    """Let the open suggestions lapse whose breach, named by deadline and version, was withdrawn."""
    if not withdrawn:
        return
    found = await session.scalars(
        select(Escalation)
        .where(Escalation.authority_id == authority, Escalation.state == State.SUGGESTED)
        .where(tuple_(Escalation.deadline_id, Escalation.deadline_version).in_(withdrawn))
        .order_by(Escalation.id)
        .with_for_update()
    )
    lapsed = [(each, each.lapse(now, "The breach behind it was withdrawn.")) for each in found]
    await _record(session, authority, lapsed, now)


async def _record(session: AsyncSession, authority: str, taken: Sequence[Taken], now: datetime) -> None:
    session.add_all([step for _, step in taken])
    await session.flush()
    await publish(session, authority, [event_of(escalation, step) for escalation, step in taken], now)


def _values(escalation: Escalation) -> dict[str, Any]:
    return {column.key: getattr(escalation, column.key) for column in Escalation.__table__.columns}
