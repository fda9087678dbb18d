"""Makes the stored deadlines of a history say again what its facts say, in the transaction that changed them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.among import among
from shared.deadlines.alarms import set_alarms
from shared.deadlines.breaches import standing_breaches
from shared.deadlines.difference import (
    READ,
    Because,
    Change,
    Occasion,
    Stored,
    changing,
    opening,
    rewarning,
    vanishing,
)
from shared.deadlines.facts import standing_facts
from shared.deadlines.grounds import grounds
from shared.deadlines.law import Law, law_in_force
from shared.deadlines.models import DeadlineRow
from shared.deadlines.storing import store
from shared.deadlines.turns import mark_law, take_turn
from shared.events.outbox import publish
from shared.timescales.engine import deadlines
from shared.timescales.facts import Fact

DEADLINES = DeadlineRow.__table__


@dataclass(slots=True)
class Held:
    """What the database holds of some histories: their children, their deadlines, the breaches that stand."""

    children: dict[UUID, UUID | None]
    rows: dict[UUID, list[Stored]]
    breached: dict[UUID, bool]
    """The deadlines whose version has a standing breach, and whether that breach is historic."""


@dataclass(slots=True)
class Difference:
    """What reconciling will add and change, and the deadlines of which the alarms alone are others."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    rewarned: list[tuple[UUID, list[datetime]]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.rewarned)


async def reconcile(
    session: AsyncSession,
    authority: str,
    histories: Sequence[UUID],
    law: Law,
    now: datetime,
    *,
    historic: bool = False,
    because: Because = Because.FACTS,
    only: Collection[str] | None = None,
) -> int:
    """Recompute these histories and store and publish the difference; nothing changes where nothing differs.

    Locks the histories first, in the order of their ids, so that two writers of one child take turns. With
    `historic`, what is already past is recorded as history: in the feed, and waking nobody. `only` names the
    timescales to look at, where no others can have changed. Returns how many deadlines were added or changed.
    """
    occasion = Occasion(now, because, historic)
    held = await _held(session, authority, histories, only)
    law = await law_in_force(session, authority, law)
    facts = await standing_facts(session, authority, histories)
    difference = Difference()
    for history in held.children:
        _compare(difference, authority, history, held, facts[history], law, occasion, only)
    await store(session, authority, difference.added, difference.changed, occasion)
    await set_alarms(session, authority, difference.rewarned)
    await _tell(session, authority, difference.added + difference.changed, now)
    if only is None:
        await mark_law(session, authority, histories, law.version)
    return len(difference)


async def _held(
    session: AsyncSession, authority: str, histories: Sequence[UUID], only: Collection[str] | None
) -> Held:
    children = await take_turn(session, authority, histories)
    rows: dict[UUID, list[Stored]] = {history: [] for history in children}
    query = (
        select(*(DEADLINES.c[name] for name in READ))
        .where(DEADLINES.c.authority_id == authority, among(DEADLINES.c.history_id, histories))
        .order_by(DEADLINES.c.id)
        .with_for_update()
    )
    found = await session.execute(query if only is None else query.where(DEADLINES.c.timescale.in_(only)))
    for row in found:
        rows[row.history_id].append(row)
    every = [row for each in rows.values() for row in each]
    return Held(children, rows, await standing_breaches(session, authority, every))


def _compare(
    difference: Difference,
    authority: str,
    history: UUID,
    held: Held,
    facts: Sequence[Fact],
    law: Law,
    occasion: Occasion,
    only: Collection[str] | None,
) -> None:
    old = {(row.timescale, row.anchor_id): row for row in held.rows[history]}
    rests_on = cache(lambda: grounds(facts, law.catalogue.counted))
    for new in deadlines(facts, law.catalogue, law.calendar, only):
        row = old.pop((new.timescale, new.anchor), None)
        if row is None:
            difference.added.append(opening(authority, history, held.children[history], new, occasion))
        elif change := changing(row, new, row.id in held.breached, rests_on, occasion):
            _note(difference, change, held, occasion)
        elif alarms := rewarning(row, new, occasion):
            difference.rewarned.append((row.id, alarms))
    for row in old.values():
        wording = law.wording(row.timescale)
        if change := vanishing(row, row.id in held.breached, wording, rests_on, occasion):
            _note(difference, change, held, occasion)


def _note(difference: Difference, change: Change, held: Held, occasion: Occasion) -> None:
    # Whoever was told of a breach is told what became of it, also where a backfill brought the news.
    heard = held.breached.get(change.values["id"]) is False
    change.historic = occasion.historic and not heard
    difference.changed.append(change)


async def _tell(session: AsyncSession, authority: str, changes: Sequence[Change], now: datetime) -> None:
    for quiet in (False, True):
        events = [event for change in changes if change.historic is quiet for event in change.events]
        await publish(session, authority, events, now, historic=quiet)
