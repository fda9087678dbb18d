"""What is held already of some children, locked for the writing that follows."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.births import BORN
from services.reviews_api.children.models import Child
from services.reviews_api.imports.findings import Refused
from services.reviews_api.imports.ssda903.models import Episode
from services.reviews_api.imports.turns import take_import_turn
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.placements.models import Placement
from services.reviews_api.reviews.models import Review
from services.reviews_api.timeline import RECORDED
from shared.deadlines.models import FactRow, History
from shared.deadlines.turns import take_turn
from shared.timescales.kinds import KINDS


@dataclass(slots=True)
class Held:
    """What is held of one child; everything is empty for a child not known before. `histories` are those that
    ask when the child was born. `withdrawn` are care periods and reviews that were said to be mistakes, and `taken`
    the names that another child's records have, each by its reference."""

    child: Child | None = None
    histories: list[History] = field(default_factory=list)
    episodes: dict[date, Episode] = field(default_factory=dict)
    periods: list[CarePeriod] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    others: list[Allocation | MidpointCheck | Placement | LegalStatus] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)
    withdrawn_periods: dict[str, CarePeriod] = field(default_factory=dict)
    withdrawn_reviews: dict[str, Review] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()

    @property
    def nobody(self) -> Refused:
        """Why rows cannot be taken where there is no child to take them for."""
        merged = self.child is not None and self.child.merged_into_id is not None
        return Refused("CHILD", "child_merged" if merged else "child_unknown")


async def held(
    session: AsyncSession, authority: str, references: Sequence[str], names: Collection[str]
) -> dict[str, Held]:
    """What is held of the children with these references, and which of `names`, by which their records would be
    called, are another's. One import of an authority at a time gets past here."""
    await take_import_turn(session, authority)
    known = (
        select(Child)
        .where(Child.authority_id == authority, Child.reference.in_(references))
        .with_for_update()
    )
    children = {child.id: child for child in await session.scalars(known)}
    asking = await _of(session, authority, History, children, History.kind.in_(KINDS[BORN].histories))
    await take_turn(session, authority, [history.id for history in _flat(asking)])
    found = await _gathered(session, authority, references, children, asking)
    taken = await _taken(session, authority, names, children)
    for each in found.values():
        each.taken = taken
    return found


async def _gathered(
    session: AsyncSession,
    authority: str,
    references: Sequence[str],
    children: dict[UUID, Child],
    histories: dict[UUID, list[History]],
) -> dict[str, Held]:
    periods = await _of(session, authority, CarePeriod, children)
    episodes = await _of(session, authority, Episode, children)
    reviews = await _of(session, authority, Review, children)
    allocations = await _of(session, authority, Allocation, children, Allocation.withdrawn_at.is_(None))
    in_care = (MidpointCheck.withdrawn_at.is_(None), MidpointCheck.care_period_id.is_not(None))
    checks = await _of(session, authority, MidpointCheck, children, *in_care)
    placements = await _of(session, authority, Placement, children, Placement.withdrawn_at.is_(None))
    statuses = await _of(session, authority, LegalStatus, children, LegalStatus.withdrawn_at.is_(None))
    told = (FactRow.withdrawn_at.is_(None), FactRow.kind.in_(list(RECORDED)))
    facts = await _of(session, authority, FactRow, children, *told)
    found = {reference: Held() for reference in references}
    for key, child in children.items():
        found[child.reference] = Held(
            child,
            histories[key],
            {episode.started_on: episode for episode in episodes[key]},
            sorted(_standing(periods[key]), key=lambda period: (period.started_on, period.reference)),
            sorted(_standing(reviews[key]), key=lambda review: review.reference),
            [*allocations[key], *checks[key], *placements[key], *statuses[key]],
            facts[key],
            {period.reference: period for period in periods[key] if not period.stands},
            {review.reference: review for review in reviews[key] if not review.stands},
        )
    return found


M = TypeVar(
    "M",
    Episode,
    CarePeriod,
    Review,
    Allocation,
    MidpointCheck,
    Placement,
    LegalStatus,
    FactRow,
    History,
)
S = TypeVar("S", CarePeriod, Review)


def _standing(records: Sequence[S]) -> list[S]:
    return [record for record in records if record.stands]


async def _taken(
    session: AsyncSession, authority: str, names: Collection[str], children: Collection[UUID]
) -> frozenset[str]:
    """Those of these references that records of other children have, as after a split."""
    found: set[str] = set()
    for kind in (CarePeriod, Review):
        query = select(kind.reference).where(kind.authority_id == authority, kind.reference.in_(names))
        found.update(await session.scalars(query.where(kind.child_id.not_in(children))))
    return frozenset(found)


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
