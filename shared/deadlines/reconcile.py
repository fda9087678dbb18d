"""Makes the stored deadlines of a history say again what its facts say, in the transaction that changed them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.difference import Change, changing, opening, vanishing
from shared.deadlines.facts import standing_facts, take_turn
from shared.deadlines.law import Law
from shared.deadlines.models import Breach, DeadlineRow
from shared.events.outbox import publish
from shared.timescales.engine import Deadline, deadlines

_FIXED = {"id", "history_id", "child_id", "timescale"}


@dataclass(slots=True)
class Stored:
    """What the database holds of some histories: their children, their deadlines, the breaches that stand."""

    children: dict[UUID, UUID | None]
    rows: dict[UUID, list[DeadlineRow]]
    breached: dict[UUID, bool]
    """The deadlines whose version has a standing breach, and whether that breach is historic."""


@dataclass(slots=True)
class Difference:
    """What reconciling will add and change."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)


async def reconcile(
    session: AsyncSession,
    authority: str,
    histories: Sequence[UUID],
    law: Law,
    now: datetime,
    *,
    historic: bool = False,
) -> None:
    """Recompute these histories and store and publish the difference; nothing changes where nothing differs.

    Locks the histories first, in the order of their ids, so that two writers of one child take turns.
    With `historic`, what is already past is recorded as history: in the feed, and waking nobody.
    """
    stored = await _stored(session, authority, histories)
    facts = await standing_facts(session, authority, histories)
    difference = Difference()
    for history in stored.children:
        now_due = deadlines(facts[history], law.catalogue, law.calendar)
        _compare(difference, authority, history, stored, now_due, now, historic)
    await _store(session, authority, difference, now)
    for quiet in (False, True):
        told = [change for change in difference.added + difference.changed if change.historic is quiet]
        events = [event for change in told for event in change.events]
        await publish(session, authority, events, now, historic=quiet)


async def _stored(session: AsyncSession, authority: str, histories: Sequence[UUID]) -> Stored:
    children = await take_turn(session, authority, histories)
    rows: dict[UUID, list[DeadlineRow]] = {history: [] for history in children}
    found = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.authority_id == authority, DeadlineRow.history_id.in_(histories))
        .order_by(DeadlineRow.id)
        .execution_options(populate_existing=True)
        .with_for_update()
    )
    for row in found:
        rows[row.history_id].append(row)
    return Stored(children, rows, await _breached(session, authority, histories))


async def _breached(session: AsyncSession, authority: str, histories: Sequence[UUID]) -> dict[UUID, bool]:
    # Asked once the deadlines are locked: joined to the locking query, a sweep that had them would be missed.
    standing = await session.execute(
        select(Breach.deadline_id, Breach.historic)
        .join(
            DeadlineRow,
            (DeadlineRow.authority_id == authority)
            & (DeadlineRow.id == Breach.deadline_id)
            & (DeadlineRow.version == Breach.version),
        )
        .where(Breach.authority_id == authority, Breach.withdrawn_at.is_(None))
        .where(DeadlineRow.history_id.in_(histories))
    )
    return {row.deadline_id: row.historic for row in standing}


def _compare(
    difference: Difference,
    authority: str,
    history: UUID,
    stored: Stored,
    computed: list[Deadline],
    now: datetime,
    historic: bool,
) -> None:
    old = {(row.timescale, row.anchor_id): row for row in stored.rows[history]}
    for new in computed:
        row = old.pop((new.timescale, new.anchor), None)
        if row is None:
            added = opening(authority, history, stored.children[history], new, now, historic)
            difference.added.append(added)
        elif change := changing(row, new, row.id in stored.breached, now, historic):
            _note(difference, change, stored, historic)
    for row in old.values():
        if change := vanishing(row, row.id in stored.breached, now):
            _note(difference, change, stored, historic)


def _note(difference: Difference, change: Change, stored: Stored, historic: bool) -> None:
    # Whoever was told of a breach is told what became of it, also where a backfill brought the news.
    heard = stored.breached.get(change.values["id"]) is False
    change.historic = historic and not heard
    difference.changed.append(change)


async def _store(session: AsyncSession, authority: str, difference: Difference, now: datetime) -> None:
    if difference.added:
        added = [change.values for change in difference.added]
        await session.execute(insert(DeadlineRow).execution_options(render_nulls=True), added)
    for change in difference.changed:
        values = {name: value for name, value in change.values.items() if name not in _FIXED}
        await session.execute(
            update(DeadlineRow)
            .where(DeadlineRow.authority_id == authority, DeadlineRow.id == bindparam("deadline"))
            .values(values)
            .execution_options(synchronize_session=False),
            {"deadline": change.values["id"]},
        )
        if change.withdraws is not None:
            await _withdraw_breach(session, authority, change, now)


async def _withdraw_breach(session: AsyncSession, authority: str, change: Change, now: datetime) -> None:
    await session.execute(
        update(Breach)
        .where(Breach.authority_id == authority, Breach.deadline_id == change.values["id"])
        .where(Breach.version == change.withdraws)
        .values(withdrawn_at=now, withdrawn_because=change.because)
        .execution_options(synchronize_session=False)
    )
