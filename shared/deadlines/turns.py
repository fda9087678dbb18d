"""Taking turns to write a history: whoever writes locks it first, and keeps it until the transaction ends."""

from collections import ChainMap
from collections.abc import MutableMapping, Sequence
from typing import NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import SessionTransaction

from shared.db.among import among
from shared.deadlines.models import History

TURNS = (
    "duecare.turns"  # the name in the session's `info` of the turns taken in each of its open transactions
)


class Turn(NamedTuple):
    """A history as it was locked: its child, and the law that its deadlines were worked out under."""

    child_id: UUID | None
    law: str | None


Turns = MutableMapping[UUID, Turn]


async def take_turn(
    session: AsyncSession, authority: str, histories: Sequence[UUID]
) -> dict[UUID, UUID | None]:
    """Lock these histories, in the order of their ids, and return the child of each.

    A fact takes a shared lock of its history by being inserted: two writers who did that before taking the
    exclusive one would wait for each other. What is locked already is not asked for again.
    """
    taken = _taken(session)
    wanted = [history for history in histories if history not in taken]
    if wanted:
        locked = await session.execute(
            select(History.id, History.child_id, History.law)
            .where(History.authority_id == authority, among(History.id, wanted))
            .order_by(History.id)
            .with_for_update()
        )
        taken.update({row.id: Turn(row.child_id, row.law) for row in locked})
    return {history: taken[history].child_id for history in sorted(set(histories)) if history in taken}


async def mark_law(session: AsyncSession, authority: str, histories: Sequence[UUID], law: str) -> None:
    """Note that the deadlines of these histories, whose turn it is, are as this law has them."""
    taken = _taken(session)
    others = [each for each in histories if each not in taken or taken[each].law != law]
    if not others:
        return
    await session.execute(
        update(History)
        .where(History.authority_id == authority, among(History.id, others))
        .where(History.law.is_distinct_from(law))
        .values(law=law)
        .execution_options(synchronize_session=False)
    )
    taken.update({each: taken[each]._replace(law=law) for each in others if each in taken})


def forget_turns(session: AsyncSession) -> None:
    """Forget which histories are locked: their children have changed in this transaction, and must be read again."""
    session.info.pop(TURNS, None)


def _taken(session: AsyncSession) -> Turns:
    """The turns of the innermost open transaction, and of those around it: what is taken within a savepoint is lost
    where that is rolled back."""
    turns: WeakKeyDictionary[SessionTransaction, dict[UUID, Turn]]
    turns = session.info.setdefault(TURNS, WeakKeyDictionary())
    within = session.sync_session.get_nested_transaction() or session.sync_session.get_transaction()
    found: list[dict[UUID, Turn]] = []
    while within is not None:
        found.append(turns.setdefault(within, {}))
        within = within.parent
    return ChainMap(*found)
