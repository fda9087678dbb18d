"""Works running deadlines out again, each from its start, and stores and tells what has moved."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.alarms import moved_alarms, set_alarms
from shared.deadlines.breaches import standing_breaches
from shared.deadlines.difference import READ, Because, Change, Occasion, Stored, changing
from shared.deadlines.facts import standing_facts
from shared.deadlines.grounds import Grounds
from shared.deadlines.law import Law
from shared.deadlines.models import DeadlineRow, FactRow
from shared.deadlines.storing import store
from shared.events.outbox import publish
from shared.timescales.engine import Deadline, Outcome
from shared.timescales.running import bearing_kinds, running

DEADLINES = DeadlineRow.__table__


async def lock_running(session: AsyncSession, authority: str, ids: Sequence[UUID]) -> Sequence[Stored]:
    """Those of these deadlines that still run, locked in the order of their ids."""
    found = await session.execute(
        select(*(DEADLINES.c[name] for name in READ))
        .where(DEADLINES.c.authority_id == authority, DEADLINES.c.id.in_(ids))
        .where(DEADLINES.c.outcome == Outcome.OPEN)
        .order_by(DEADLINES.c.id)
        .with_for_update()
    )
    return found.all()


async def move_dates(
    session: AsyncSession, authority: str, rows: Sequence[Stored], law: Law, now: datetime
) -> tuple[set[UUID], set[UUID]]:
    """Store and publish what has moved. Returns the deadlines that have, and the histories of those that could not
    be worked out so; `rows` are running deadlines that are locked."""
    occasion = Occasion(now, Because.CALENDAR)
    breached = await standing_breaches(session, authority, rows)
    changes: list[Change] = []
    left: set[UUID] = set()
    for row, new in await _worked_out(session, authority, rows, law):
        if new is None:
            left.add(row.history_id)
        elif change := changing(row, new, row.id in breached, _unasked, occasion):
            changes.append(change)
    await _store(session, authority, changes, occasion)
    return {change.values["id"] for change in changes}, left


async def move_alarms(session: AsyncSession, authority: str, rows: Sequence[Stored], law: Law) -> int:
    """Set the alarms of these running deadlines, which are locked and of which the date stands; returns how many
    moved."""
    timescales = {row.code: row for row in law.catalogue.timescales}
    found = [(row.id, moved_alarms(row, timescales[row.timescale], law.calendar)) for row in rows]
    moved = [(deadline, alarms) for deadline, alarms in found if alarms is not None]
    await set_alarms(session, authority, moved)
    return len(moved)


def _unasked() -> Grounds:
    """What a closed deadline rests on: nobody asks for it of what runs."""
    raise AssertionError("a running deadline was decided under no other law")


async def _worked_out(
    session: AsyncSession, authority: str, rows: Sequence[Stored], law: Law
) -> list[tuple[Stored, Deadline | None]]:
    """Each deadline with what the engine says of it now."""
    timescales = {row.code: row for row in law.catalogue.timescales}
    kinds = {code: bearing_kinds(timescales[code], law.catalogue) for code in {row.timescale for row in rows}}
    facts = await standing_facts(
        session,
        authority,
        list({row.history_id for row in rows}),
        or_(
            FactRow.record_id.in_({row.anchor_id for row in rows}),
            FactRow.kind.in_(frozenset().union(*kinds.values())),
        ),
    )

    def now_of(row: Stored) -> Deadline | None:
        told = facts[row.history_id]
        timescale = timescales[row.timescale]
        return running(timescale, row.anchor_id, row.starts_on, told, law.catalogue, law.calendar)

    return [(row, now_of(row)) for row in rows]


async def _store(session: AsyncSession, authority: str, changes: list[Change], occasion: Occasion) -> None:
    await store(session, authority, [], changes, occasion)
    events = [event for change in changes for event in change.events]
    await publish(session, authority, events, occasion.now)
