"""What is held already of some children, locked for the writing that follows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.births import BORN
from services.reviews_api.children.models import Child
from services.reviews_api.imports.models import Episode
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.reviews.models import Review
from services.reviews_api.timeline import RECORDED
from shared.deadlines.facts import take_turn
from shared.deadlines.models import FactRow, History
from shared.timescales.kinds import KINDS


@dataclass(slots=True)
class Held:
    """What is held of one child; everything is empty for a child not known before. `histories` are those that
    ask when the child was born."""

    child: Child | None = None
    histories: list[History] = field(default_factory=list)
    episodes: dict[date, Episode] = field(default_factory=dict)
    periods: list[CarePeriod] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    others: list[Allocation | MidpointCheck] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)


async def held(session: AsyncSession, authority: str, references: Sequence[str]) -> dict[str, Held]:
    """What is held of the children with these references. One import of an authority at a time gets past here."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{authority}:import", 0))))
    known = (
        select(Child)
        .where(Child.authority_id == authority, Child.reference.in_(references))
        .with_for_update()
    )
    children = {child.id: child for child in await session.scalars(known)}
    asking = await _of(session, authority, History, children, History.kind.in_(KINDS[BORN].histories))
    await take_turn(session, authority, [history.id for history in _flat(asking)])
    return await _gathered(session, authority, references, children, asking)


async def _gathered(
    session: AsyncSession,
    authority: str,
    references: Sequence[str],
    children: dict[UUID, Child],
    histories: dict[UUID, list[History]],
) -> dict[str, Held]:
    periods = await _of(session, authority, CarePeriod, children, CarePeriod.withdrawn_at.is_(None))
    episodes = await _of(session, authority, Episode, children)
    reviews = await _of(session, authority, Review, children, Review.withdrawn_at.is_(None))
    allocations = await _of(session, authority, Allocation, children, Allocation.withdrawn_at.is_(None))
    in_care = (MidpointCheck.withdrawn_at.is_(None), MidpointCheck.care_period_id.is_not(None))
    checks = await _of(session, authority, MidpointCheck, children, *in_care)
    told = (FactRow.withdrawn_at.is_(None), FactRow.kind.in_(list(RECORDED)))
    facts = await _of(session, authority, FactRow, children, *told)
    found = {reference: Held() for reference in references}
    for key, child in children.items():
        found[child.reference] = Held(
            child,
            histories[key],
            {episode.started_on: episode for episode in episodes[key]},
            sorted(periods[key], key=lambda period: (period.started_on, period.reference)),
            sorted(reviews[key], key=lambda review: review.reference),
            [*allocations[key], *checks[key]],
            facts[key],
        )
    return found


M = TypeVar("M", Episode, CarePeriod, Review, Allocation, MidpointCheck, FactRow, History)


async def _of(
    session: AsyncSession, authority: str, kind: type[M], children: dict[UUID, Child], *where: Any
) -> dict[UUID, list[M]]:
    """The rows of one kind by child."""
    found: defaultdict[UUID, list[M]] = defaultdict(list)
    rows = await session.scalars(
        select(kind).where(kind.authority_id == authority, kind.child_id.in_(list(children)), *where)
    )
    for row in rows:
        if row.child_id is not None:
            found[row.child_id].append(row)
    return found


def _flat(rows: dict[UUID, list[M]]) -> list[M]:
    return [row for each in rows.values() for row in each]
