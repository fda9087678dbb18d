"""A child's birth, told to every history that asks about their age."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from shared.clock import today
from shared.deadlines.facts import NewFact
from shared.deadlines.models import FactRow, History
from shared.http.door import Door
from shared.timescales.kinds import KINDS

BORN = "child.born"


@dataclass(slots=True)
class Birth:
    """The facts of one child's birth: one for each of these histories, none for a birth still to come."""

    tells: ClassVar[tuple[str, ...]] = (BORN,)

    authority_id: str
    id: UUID
    born_on: date | None
    histories: tuple[UUID, ...]

    def facts(self) -> Iterator[NewFact]:
        """What the birth tells the engine."""
        if self.born_on is not None:
            for history in self.histories:
                yield NewFact(history, self.id, BORN, self.id, self.born_on)


def birth_of(child: Child, histories: Iterable[UUID], today: date) -> Birth:
    """The birth of a child as it is known on a London date."""
    born_on = child.date_of_birth
    known = born_on if born_on is not None and born_on <= today else None
    return Birth(child.authority_id, child.id, known, tuple(sorted(set(histories))))


async def is_untold(session: AsyncSession, known: Birth) -> bool:
    """Whether a birth that was expected has come since, and some history of the child has not been told of it."""
    if known.born_on is None:
        return False
    told = await session.scalar(
        select(func.count())
        .select_from(FactRow)
        .where(FactRow.authority_id == known.authority_id, FactRow.record_id == known.id)
        .where(FactRow.kind == BORN, FactRow.withdrawn_at.is_(None))
    )
    return (told or 0) < len(known.histories)


async def birth(session: AsyncSession, door: Door, child: Child) -> Birth:
    """The birth of a child, for all of their histories."""
    histories = await session.scalars(
        select(History.id)
        .where(History.authority_id == child.authority_id, History.child_id == child.id)
        .where(History.kind.in_(KINDS[BORN].histories))
    )
    return birth_of(child, histories, today(door.clock))
