"""The one history of a child that records of a kind are told in: opened with the first of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import BORN, Birth, birth
from services.reviews_api.children.models import Child
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.histories.opening import open_history
from services.reviews_api.record import get_standing
from shared.db.base import new_id
from shared.deadlines.turns import take_turn
from shared.timescales.kinds import KINDS

PROTECTION, COURT = "protection", "court"


@dataclass(slots=True)
class Homes:
    """Where records of these children are told: the history of each child, and the births that a history which was
    opened for them must learn of."""

    of: dict[UUID, UUID] = field(default_factory=dict)
    births: list[Birth] = field(default_factory=list)

    def histories(self, more: Iterable[UUID] = ()) -> list[UUID]:
        """Every history that is touched, with `more`, each once and in order."""
        asked = (history for each in self.births for history in each.histories)
        return sorted({*self.of.values(), *asked, *more})


@dataclass(frozen=True, slots=True)
class Home:
    """Where the records of one child are told."""

    child: Child
    homes: Homes

    @property
    def fixed(self) -> dict[str, Any]:
        """What never changes of a record that is told here."""
        return {"child_id": self.child.id, "history_id": self.homes.of[self.child.id]}


async def home_of_child(session: AsyncSession, authority: str, reference: str, kind: str) -> Home:
    """A child, locked, and the history of this kind once it is this transaction's turn to write it. Raises NotFound,
    or Contradiction for a child who was withdrawn."""
    child = await get_standing(session, Child, authority, reference, "/child", lock=True)
    return Home(child, await homes_of(session, authority, [child], kind))


async def homes_of(
    session: AsyncSession, authority: str, children: Collection[Child], kind: str, more: Iterable[UUID] = ()
) -> Homes:
    """The history of this kind of each of these locked children, opened where there is none. Takes the turn of all
    that are touched at once, those of `more` too: writers who came one by one would wait for each other."""
    homes = Homes()
    for child in children:
        known = await _standing(session, child, kind)
        homes.of[child.id] = known or await _open(session, child, kind)
        if known is None and kind in KINDS[BORN].histories:
            homes.births.append(await birth(session, child))
    await take_turn(session, authority, homes.histories(more))
    return homes


async def _standing(session: AsyncSession, child: Child, kind: str) -> UUID | None:
    """The first that was opened, where somebody has opened several."""
    found: UUID | None = await session.scalar(
        select(HistoryRecord.id)
        .where(HistoryRecord.authority_id == child.authority_id, HistoryRecord.child_id == child.id)
        .where(HistoryRecord.kind == kind, HistoryRecord.withdrawn_at.is_(None))
        .order_by(HistoryRecord.id)
        .limit(1)
    )
    return found


async def _open(session: AsyncSession, child: Child, kind: str) -> UUID:
    own_id = new_id()
    record = HistoryRecord(
        authority_id=child.authority_id, id=own_id, reference=str(own_id), kind=kind, child_id=child.id
    )
    await open_history(session, child.authority_id, own_id, kind, child.id)
    session.add(record)
    await session.flush()
    return own_id
