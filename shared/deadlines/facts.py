"""Recording what happened: facts are added and withdrawn, never edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.among import among
from shared.db.base import new_id
from shared.deadlines.models import FactRow, History
from shared.deadlines.turns import take_turn
from shared.timescales.facts import Fact
from shared.timescales.london import london_date


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be recorded: its kind, the record it belongs to, and its London date or UTC instant."""

    history_id: UUID
    child_id: UUID | None
    kind: str
    record_id: UUID
    on: date
    at: datetime | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    id: UUID = field(default_factory=new_id)


def fact_at(
    history_id: UUID, child_id: UUID | None, kind: str, record_id: UUID, at: datetime, **codes: str
) -> NewFact:
    """A fact known to the instant; its date is the one London had then."""
    return NewFact(history_id, child_id, kind, record_id, london_date(at), at, codes)


async def open_histories(
    session: AsyncSession, authority: str, kind: str, histories: Sequence[tuple[UUID, UUID | None]]
) -> None:
    """Begin many histories, each given as its id and its child's."""
    rows = [
        {"authority_id": authority, "id": history, "kind": kind, "child_id": child}
        for history, child in histories
    ]
    if rows:
        await session.execute(insert(History), rows)


async def record_facts(
    session: AsyncSession, authority: str, facts: Iterable[NewFact], now: datetime
) -> None:
    """Add facts, as told at `now` (UTC), once it is this transaction's turn to write their histories."""
    facts = list(facts)
    await take_turn(session, authority, list({fact.history_id for fact in facts}))
    rows = [
        {
            "authority_id": authority,
            "id": fact.id,
            "history_id": fact.history_id,
            "child_id": fact.child_id,
            "kind": fact.kind,
            "record_id": fact.record_id,
            "happened_on": fact.on,
            "happened_at": fact.at,
            "codes": dict(fact.codes),
            "recorded_at": now,
        }
        for fact in facts
    ]
    if rows:
        # Not through the session, which would send them in as many rounds as there are changes of what is null.
        await (await session.connection()).execute(insert(FactRow), rows)


async def withdraw_facts(
    session: AsyncSession, authority: str, record_ids: Sequence[UUID], kind: str, because: str, now: datetime
) -> None:
    """Mark the standing facts of one kind of these records as withdrawn; nothing is deleted."""
    await session.execute(
        update(FactRow)
        .where(FactRow.authority_id == authority, FactRow.record_id.in_(record_ids), FactRow.kind == kind)
        .where(FactRow.withdrawn_at.is_(None))
        .values(withdrawn_at=now, withdrawn_because=because)
    )


async def replace_facts(
    session: AsyncSession, authority: str, said: Mapping[tuple[UUID, str], Sequence[NewFact]], now: datetime
) -> None:
    """Let these stand, by record and kind, instead of what stood of those: what is the same stays as it is."""
    wanted = {(*key, fact.history_id): fact for key, facts in said.items() for fact in facts}
    held = await session.execute(
        select(FactRow)
        .where(FactRow.authority_id == authority, among(FactRow.record_id, {record for record, _ in said}))
        .where(among(FactRow.kind, {kind for _, kind in said}), FactRow.withdrawn_at.is_(None))
    )
    for row in held.scalars():
        key = (row.record_id, row.kind, row.history_id)
        new = wanted.get(key)
        if (row.record_id, row.kind) not in said:
            continue
        if new is not None and _same(row, new):
            del wanted[key]
            continue
        row.withdrawn_at, row.withdrawn_because = now, "corrected" if new else "no_longer_so"
    await session.flush()
    await record_facts(session, authority, wanted.values(), now)


def _same(row: FactRow, new: NewFact) -> bool:
    held = (row.history_id, row.happened_on, row.happened_at, row.codes)
    return held == (new.history_id, new.on, new.at, dict(new.codes))


async def standing_facts(
    session: AsyncSession, authority: str, histories: Sequence[UUID], *conditions: ColumnElement[bool]
) -> dict[UUID, list[Fact]]:
    """The facts that stand, by history, as the engine reads them; with conditions, only some of them."""
    rows = await session.execute(
        select(
            FactRow.history_id,
            FactRow.kind,
            FactRow.record_id,
            FactRow.happened_on,
            FactRow.happened_at,
            FactRow.codes,
        )
        .where(FactRow.authority_id == authority, among(FactRow.history_id, histories))
        .where(FactRow.withdrawn_at.is_(None), *conditions)
    )
    found: dict[UUID, list[Fact]] = {history: [] for history in histories}
    for history, kind, record, on, at, codes in rows:
        found[history].append(Fact(kind, record, on, at, codes))
    return found
