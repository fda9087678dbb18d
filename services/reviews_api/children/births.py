"""A child's birth, told to every history that asks about their age."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from services.reviews_api.known import foreseen
from shared.db.among import among
from shared.deadlines.facts import NewFact
from shared.deadlines.models import History
from shared.timescales.kinds import KINDS

BORN = "child.born"
BIRTHS = "births"  # what a batch foresees: the histories of each child in which the birth is told


@dataclass(slots=True)
class Birth:
    """The facts of one child's birth, or of the day on which it is expected: one for each of these histories."""

    tells: ClassVar[tuple[str, ...]] = (BORN,)
    stands: ClassVar[bool] = True

    authority_id: str
    id: UUID
    born_on: date | None
    histories: tuple[UUID, ...]

    def facts(self) -> Iterator[NewFact]:
        """What the birth tells the engine."""
        if self.born_on is not None:
            for history in self.histories:
                yield NewFact(history, self.id, BORN, self.id, self.born_on)


def birth_of(child: Child, histories: Iterable[UUID]) -> Birth:
    """The birth of a child, as far as it is known."""
    born_on = child.birth_on if child.stands else None
    return Birth(child.authority_id, child.id, born_on, tuple(sorted(set(histories))))


async def birth(session: AsyncSession, child: Child) -> Birth:
    """The birth of a child, for all of their histories."""
    histories = foreseen(session).get((BIRTHS, child.id))
    if histories is None:
        histories = (await histories_of(session, child.authority_id, [child.id]))[child.id]
    return birth_of(child, histories)


async def histories_of(
    session: AsyncSession, authority: str, children: Collection[UUID]
) -> dict[UUID, list[UUID]]:
    """The histories of each of these children that ask about their age."""
    rows = await session.execute(
        select(History.child_id, History.id)
        .where(History.authority_id == authority, among(History.child_id, children))
        .where(History.kind.in_(KINDS[BORN].histories))
    )
    found: dict[UUID, list[UUID]] = {child: [] for child in children}
    for child, history in rows:
        if child is not None:
            found[child].append(history)
    return found
