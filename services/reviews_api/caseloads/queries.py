"""Whose children an officer has now, and what each is owed."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.caseloads.schemas import CaseloadChild, CaseloadView
from services.reviews_api.children.models import Child
from services.reviews_api.children.queries import view
from services.reviews_api.children.schemas import DeadlineView
from services.reviews_api.standing import deadline_lines
from shared.http.door import Door
from shared.timescales.facts import LATEST
from shared.timescales.london import day_ends_at, london_date

Held = Row[Allocation, CarePeriod, Child]


async def caseload(session: AsyncSession, door: Door, authority: str, officer: str) -> CaseloadView:
    """An officer's children now, by urgency. An officer without children has an empty caseload."""
    now = door.clock.now()
    held = await _held(session, door, authority, officer)
    periods = {row.CarePeriod.id for row in held}
    lines = await deadline_lines(session, authority, [row.Child.id for row in held], open_only=True)
    open_lines = [line for line in lines if line.row.history_id in periods]
    by_period: dict[UUID, list[DeadlineView]] = defaultdict(list)
    for line in open_lines:
        by_period[line.row.history_id].append(view(line, door, now))
    children = sorted((_child(row, by_period[row.CarePeriod.id]) for row in held), key=_urgency)
    standings = [line.standing(now) for line in open_lines]
    return CaseloadView(
        officer=officer,
        as_at=now,
        children_count=len(children),
        overdue=standings.count("overdue"),
        due_soon=standings.count("due_soon"),
        children=children,
    )


async def _held(session: AsyncSession, door: Door, authority: str, officer: str) -> Sequence[Held]:
    now = door.clock.now()
    found = await session.execute(
        select(Allocation, CarePeriod, Child)
        .join(
            CarePeriod, (CarePeriod.authority_id == authority) & (CarePeriod.id == Allocation.care_period_id)
        )
        .join(Child, (Child.authority_id == authority) & (Child.id == CarePeriod.child_id))
        .where(Allocation.authority_id == authority, Allocation.officer == officer)
        .where(Allocation.withdrawn_at.is_(None), CarePeriod.withdrawn_at.is_(None))
        .where((Allocation.ended_at.is_(None)) | (Allocation.ended_at > now))
        .where((CarePeriod.ended_on.is_(None)) | (CarePeriod.ended_on >= london_date(now)))
        .ext(distinct_on(CarePeriod.id))
        .order_by(CarePeriod.id, Allocation.allocated_at.desc())
    )
    return found.all()


def _child(row: Held, deadlines: list[DeadlineView]) -> CaseloadChild:
    return CaseloadChild(
        child=row.Child.reference,
        child_id=row.Child.id,
        display_name=row.Child.display_name,
        care_period=row.CarePeriod.reference,
        allocated_at=row.Allocation.allocated_at,
        deadlines=deadlines,
    )


def _urgency(child: CaseloadChild) -> tuple[object, str]:
    nearest = child.deadlines[0].due_at if child.deadlines else day_ends_at(LATEST)
    return nearest, child.child
