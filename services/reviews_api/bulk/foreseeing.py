"""Asks once for a batch what each of its puts would ask for by itself."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.queries import SIBLINGS, families_of
from services.reviews_api.bulk.rows import Row
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.births import BIRTHS, histories_of
from services.reviews_api.children.models import Child
from services.reviews_api.conflicts.queries import CONFLICTS, conflicts_of
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.known import Foreseen, Known
from services.reviews_api.record import own_id
from services.reviews_api.workers.models import Worker
from services.reviews_api.workers.queries import WORKER
from shared.db.among import among
from shared.deadlines.turns import take_turn

Ask = Callable[[AsyncSession, str, Sequence[Row], Known], Awaitable[Foreseen]]


async def foresee(session: AsyncSession, authority: str, rows: Sequence[Row], known: Known) -> Foreseen:
    """What rows of one kind will ask for; `known` are the records that they name."""
    ask = ASKED.get(rows[0].record)
    return await ask(session, authority, rows, known) if ask else {}


async def _births(session: AsyncSession, authority: str, rows: Sequence[Row], known: Known) -> Foreseen:
    """The histories of the children, which learn of their births."""
    found = await histories_of(session, authority, _ids(known, Child))
    return {(BIRTHS, child): histories for child, histories in found.items()}


async def _officers(session: AsyncSession, authority: str, rows: Sequence[Row], known: Known) -> Foreseen:
    """Who the officers are, and what stands between them and the children."""
    said = {name for row in rows if isinstance(name := row.body.get("officer"), str)}
    names = {name for name in said if own_id(name) is None}  # one named by our id is found as ever
    workers = await session.scalars(
        select(Worker).where(Worker.authority_id == authority, among(Worker.reference, names))
    )
    children = {*_ids(known, Child), *_children(known)}
    foreseen: Foreseen = {(WORKER, name): None for name in names}
    foreseen |= {(WORKER, each.reference): each for each in workers}
    foreseen |= {(CONFLICTS, child): set() for child in children}
    for pair in await conflicts_of(session, authority, children):
        foreseen[CONFLICTS, pair[0]].add(pair)
    families = await families_of(session, authority, children)
    foreseen |= {(SIBLINGS, child): [] for child in children}
    for members in families.values():
        foreseen |= {(SIBLINGS, child): [each for each in members if each != child] for child in members}
    return foreseen


async def _ages(session: AsyncSession, authority: str, rows: Sequence[Row], known: Known) -> Foreseen:
    """The children themselves, whom a review asks for their age."""
    wanted = _children(known)
    found = await session.scalars(
        select(Child).where(Child.authority_id == authority, among(Child.id, wanted))
    )
    return {(Child, child.id): child for child in found}  # held, as the session would let go of them


async def _turns(session: AsyncSession, authority: str, rows: Sequence[Row], known: Known) -> Foreseen:
    """The turns to write the histories that facts are told of."""
    await take_turn(session, authority, [*_ids(known, CarePeriod), *_ids(known, HistoryRecord)])
    return {}


def _ids(known: Known, kind: type[Any]) -> list[UUID]:
    return sorted({each.id for (model, _), each in known.items() if model is kind and each is not None})


def _children(known: Known) -> set[UUID]:
    """The children of the care periods."""
    periods: Iterable[Any] = (each for (model, _), each in known.items() if model is CarePeriod)
    return {each.child_id for each in periods if each is not None}


ASKED: Mapping[str, Ask] = {
    "child": _births,
    "care_period": _births,
    "history": _births,
    "allocation": _officers,
    "review": _ages,
    "placement": _turns,
    "legal_status": _turns,
    "fact": _turns,
}
