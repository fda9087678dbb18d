"""Finding a child, as far as the caller may see one, and the page of facts and deadlines, each with its reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.schemas import CarePeriodView
from services.reviews_api.children.models import Child
from services.reviews_api.children.schemas import ChildPage, ChildView, DeadlineView, FactView
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.legal_statuses.schemas import LegalStatusView
from services.reviews_api.naming import title_and_basis
from services.reviews_api.placements.models import Placement
from services.reviews_api.placements.schemas import PlacementView
from services.reviews_api.record import get
from services.reviews_api.standing import DeadlineLine, deadline_lines
from shared.auth.principal import Principal
from shared.deadlines.models import FactRow
from shared.http.door import Door

R = TypeVar("R", CarePeriod, Placement, LegalStatus)


async def surviving(session: AsyncSession, authority: str, reference: str, *, lock: bool = False) -> Child:
    """The child with this reference or id; where that record was merged, the one it was merged into. Raises
    NotFound."""
    child = await get(session, Child, authority, reference, lock=lock)
    while child.merged_into_id is not None:
        child = await get(session, Child, authority, str(child.merged_into_id), lock=lock)
    return child


async def child_page(session: AsyncSession, door: Door, who: Principal, reference: str) -> ChildPage:
    """Everything held about one child. Raises NotFound."""
    child = await surviving(session, who.authority, reference)
    periods = await of_child(session, child, CarePeriod)
    placements = await of_child(session, child, Placement)
    statuses = await of_child(session, child, LegalStatus)
    lines = await deadline_lines(session, who.authority, [child.id])
    return ChildPage(
        **child_view(child, reference).model_dump(),
        care_periods=[CarePeriodView.model_validate(each) for each in sorted(periods, key=_by_start)],
        placements=[PlacementView.model_validate(each) for each in sorted(placements, key=_by_start)],
        legal_statuses=[LegalStatusView.model_validate(each) for each in sorted(statuses, key=_by_day)],
        facts=[FactView.model_validate(fact) for fact in await _facts(session, who.authority, child.id)],
        deadlines=[view(line, door, door.clock.now()) for line in lines],
    )


def child_view(child: Child, asked: str) -> ChildView:
    """A child as it is shown to whoever `asked` for a reference or an id."""
    shown = ChildView.model_validate(child)
    if asked not in (child.reference, str(child.id)):
        shown.merged_into = child.reference
    return shown


def _by_start(each: CarePeriod | Placement) -> tuple[object, str]:
    return each.started_on, each.reference


def _by_day(each: LegalStatus) -> tuple[object, str]:
    return each.from_on, each.reference


async def of_child(session: AsyncSession, child: Child, kind: type[R]) -> Sequence[R]:
    """The standing records of one kind that are the child's."""
    found = await session.scalars(
        select(kind)
        .where(kind.authority_id == child.authority_id, kind.child_id == child.id)
        .where(kind.withdrawn_at.is_(None))
    )
    return found.all()


async def stretch(
    session: AsyncSession,
    who: Principal,
    family: str | None,
    team: str | None,
    social_worker: str | None,
    after: UUID | None,
    limit: int,
) -> list[ChildView]:
    """Up to `limit` children after the one named, in the order in which they were first recorded."""
    where = stretches.standing(Child, family=family, team=team, social_worker=social_worker)
    unmerged = Child.merged_into_id.is_(None)
    found = await stretches.stretch(session, Child, who.authority, after, limit, unmerged, *where)
    return [ChildView.model_validate(child) for child in found]


async def _facts(session: AsyncSession, authority: str, child: UUID) -> Sequence[FactRow]:
    found = await session.scalars(
        select(FactRow)
        .where(FactRow.authority_id == authority, FactRow.child_id == child)
        .order_by(FactRow.happened_on, FactRow.happened_at.nulls_first(), FactRow.kind, FactRow.id)
    )
    return found.all()


def view(line: DeadlineLine, door: Door, now: datetime) -> DeadlineView:
    """A deadline as it is shown, with where it stands at `now`."""
    row = line.row
    title, basis = title_and_basis(door.law.catalogue, row.timescale)
    return DeadlineView(
        id=row.id,
        timescale=row.timescale,
        title=title,
        basis=basis,
        due_on=row.due_on,
        due_at=row.due_at,
        provisional=row.provisional,
        standing=line.standing(now),
        closed_on=row.closed_on,
        breached=line.breached,
        exemptions=list(line.exemptions),
        reason=row.reason,
    )
