"""Escalations that Duecare suggests by itself: made once per breach, and let lapse with it or with time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.children import teams_of
from services.escalation_api.escalations.concern import Breached
from services.escalation_api.escalations.events import event_of
from services.escalation_api.escalations.models import Escalation, EscalationChild, EscalationStep
from services.escalation_api.escalations.transitions import State
from shared.events.outbox import publish

Taken = tuple[Escalation, EscalationStep]


async def suggest(
    session: AsyncSession, authority: str, breaches: Sequence[Breached], now: datetime
) -> list[tuple[UUID, UUID]]:
    """Suggest an escalation for each breach that has none yet and no open one for its deadline; returns the new
    ones, each with its deadline.

    A breach about a child whom Duecare does not hold suggests nothing, and keeps no other from being heard.
    """
    teams = await teams_of(session, authority, {breached.child_id for breached in breaches})
    about = [breached for breached in breaches if breached.child_id in teams]
    if not about:
        return []
    proposed = [Escalation.suggested(authority, breached, now) for breached in about]
    for escalation, _ in proposed:
        assert escalation.child_id is not None
        escalation.team = teams[escalation.child_id]
    made = await session.scalars(
        insert(Escalation)
        .values([_values(escalation) for escalation, _ in proposed])
        .on_conflict_do_nothing()
        .returning(Escalation.id)
    )
    new = set(made)
    taken = [each for each in proposed if each[0].id in new]
    session.add_all([_child(escalation) for escalation, _ in taken])
    await _record(session, authority, taken, now)
    return [(each.id, each.deadline_id) for each, _ in taken if each.deadline_id]


async def let_lapse(
    session: AsyncSession, authority: str, withdrawn: Collection[tuple[UUID, int]], now: datetime
) -> None:
    """Let the open suggestions lapse whose breach, named by deadline and version, was withdrawn."""
    if withdrawn:
        theirs = tuple_(Escalation.deadline_id, Escalation.deadline_version).in_(withdrawn)
        await _lapse(session, authority, theirs, "The breach behind it was withdrawn.", now)


async def let_old_lapse(session: AsyncSession, authority: str, before: datetime, now: datetime) -> None:
    """Let the suggestions lapse that were made before an instant (UTC) and that nobody has taken up since."""
    old = Escalation.suggested_at < before
    await _lapse(session, authority, old, "Nobody took it up in time.", now)


async def _lapse(
    session: AsyncSession, authority: str, which: ColumnElement[bool], reason: str, now: datetime
) -> None:
    found = await session.scalars(
        select(Escalation)
        .where(Escalation.authority_id == authority, Escalation.state == State.SUGGESTED, which)
        .order_by(Escalation.id)
        .with_for_update()
    )
    lapsed = [(each, each.lapse(now, reason)) for each in found]
    if lapsed:
        await _record(session, authority, lapsed, now)


async def _record(session: AsyncSession, authority: str, taken: Sequence[Taken], now: datetime) -> None:
    session.add_all([step for _, step in taken])
    await session.flush()
    told = [event for escalation, step in taken if (event := event_of(escalation, step))]
    await publish(session, authority, told, now)


def _child(escalation: Escalation) -> EscalationChild:
    assert escalation.child_id is not None
    return EscalationChild(
        authority_id=escalation.authority_id, escalation_id=escalation.id, child_id=escalation.child_id
    )


def _values(escalation: Escalation) -> dict[str, Any]:
    return {column.key: getattr(escalation, column.key) for column in Escalation.__table__.columns}
