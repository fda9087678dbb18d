"""A child's page: facts and deadlines, each with its reason."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.schemas import CarePeriodView
from services.reviews_api.children.models import Child
from services.reviews_api.children.schemas import ChildPage, ChildView, DeadlineView, FactView
from services.reviews_api.naming import title_and_basis
from services.reviews_api.record import get
from services.reviews_api.standing import DeadlineLine, deadline_lines
from shared.deadlines.models import FactRow
from shared.http.door import Door


async def child_page(session: AsyncSession, door: Door, authority: str, reference: str) -> ChildPage:
    """Everything held about one child. Raises NotFound."""
    child = await get(session, Child, authority, reference)
    periods = await session.scalars(
        select(CarePeriod)
        .where(CarePeriod.authority_id == authority, CarePeriod.child_id == child.id)
        .where(CarePeriod.withdrawn_at.is_(None))
        .order_by(CarePeriod.started_on, CarePeriod.reference)
    )
    lines = await deadline_lines(session, authority, [child.id])
    return ChildPage(
        **ChildView.model_validate(child).model_dump(),
        care_periods=[CarePeriodView.model_validate(period) for period in periods],
        facts=[FactView.model_validate(fact) for fact in await _facts(session, authority, child.id)],
        deadlines=[view(line, door, door.clock.now()) for line in lines],
    )


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
