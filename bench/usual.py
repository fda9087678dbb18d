"""An officer's day and what is due, written the usual way: objects for rows, and a model for every line. It is what
the short way of reviews_api is measured against, and answers the same."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, FastAPI, Query
from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.app import ROLE
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.caseloads.schemas import CaseloadChild, CaseloadView
from services.reviews_api.children.models import Child
from services.reviews_api.children.queries import view
from services.reviews_api.children.schemas import DeadlineView
from services.reviews_api.due.schemas import DueLine, DueList
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.naming import title_and_basis
from services.reviews_api.standing import DeadlineLine
from shared.auth.access import Access, roles
from shared.auth.principal import Role
from shared.deadlines.models import Breach, DeadlineRow
from shared.http.door import Door
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import make_service
from shared.http.wiring import make_door
from shared.settings import Settings
from shared.timescales.facts import LATEST
from shared.timescales.london import day_ends_at, london_date

Held = Row[Allocation, CarePeriod, Child]
ACCESS: Access = {
    "GET /v1/caseloads/{officer}": roles(Role.CASE_SYSTEM),
    "GET /v1/due": roles(Role.CASE_SYSTEM),
}
router = APIRouter(prefix="/v1", tags=["usual"], route_class=TransactionalRoute)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The two reads as a service of their own."""
    return make_service("usual", "The usual way.", make_door(settings or Settings(), ROLE, ACCESS), (router,))


@router.get("/caseloads/{officer}")
async def get(officer: str, session: Session, who: Caller, door: AtDoor) -> CaseloadView:
    """An officer's day."""
    return await usual_caseload(session, door, who.authority, officer)


@router.get("/due")
async def list_due(
    session: Session, who: Caller, door: AtDoor, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> DueList:
    """What is due within seven days, or overdue."""
    return await usual_due(session, door, who.authority, limit)


async def usual_caseload(session: AsyncSession, door: Door, authority: str, officer: str) -> CaseloadView:
    """An officer's children now, by urgency."""
    now = door.clock.now()
    held = await _held(session, now, authority, officer)
    periods = {row.CarePeriod.id for row in held}
    lines = await _open_lines(session, authority, [row.Child.id for row in held], periods)
    by_period: dict[UUID, list[DeadlineView]] = defaultdict(list)
    for line in lines:
        by_period[line.row.history_id].append(view(line, door, now))
    children = sorted((_child(row, by_period[row.CarePeriod.id]) for row in held), key=_urgency)
    standings = [line.standing(now) for line in lines]
    return CaseloadView(
        officer=officer,
        as_at=now,
        children_count=len(children),
        overdue=standings.count("overdue"),
        due_soon=standings.count("due_soon"),
        children=children,
    )


async def _held(session: AsyncSession, now: datetime, authority: str, officer: str) -> Sequence[Held]:
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


async def _open_lines(
    session: AsyncSession, authority: str, children: Sequence[UUID], periods: set[UUID]
) -> list[DeadlineLine]:
    found = await session.execute(
        select(DeadlineRow, Breach.version)
        .outerjoin(Breach, _breach_of_version())
        .where(DeadlineRow.authority_id == authority, DeadlineRow.child_id.in_(children))
        .where(DeadlineRow.outcome == "open")
        .order_by(DeadlineRow.due_at, DeadlineRow.timescale, DeadlineRow.id)
    )
    exemptions = await session.scalars(
        select(Exemption)
        .where(Exemption.authority_id == authority, Exemption.child_id.in_(children))
        .where(Exemption.withdrawn_at.is_(None))
        .order_by(Exemption.granted_on, Exemption.id)
    )
    granted: defaultdict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for each in exemptions:
        granted[each.deadline_id] += (each.kind,)
    return [
        DeadlineLine(row, version is not None, granted.get(row.id, ()))
        for row, version in found
        if row.history_id in periods
    ]


def _breach_of_version() -> ColumnElement[bool]:
    return (
        (Breach.authority_id == DeadlineRow.authority_id)
        & (Breach.deadline_id == DeadlineRow.id)
        & (Breach.version == DeadlineRow.version)
        & Breach.withdrawn_at.is_(None)
    )


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


async def usual_due(session: AsyncSession, door: Door, authority: str, limit: int) -> DueList:
    """The first stretch of what is due, each line made from objects."""
    now = door.clock.now()
    rows = await session.execute(
        select(DeadlineRow, Child, Breach)
        .join(Child, (Child.authority_id == authority) & (Child.id == DeadlineRow.child_id))
        .outerjoin(Breach, _breach_of_version())
        .where(DeadlineRow.authority_id == authority, DeadlineRow.outcome == "open")
        .where(DeadlineRow.due_at <= now + timedelta(days=7))
        .where((DeadlineRow.due_at > now) | (DeadlineRow.passing == "breach"))
        .order_by(DeadlineRow.due_at, DeadlineRow.id)
        .limit(limit)
    )
    found = rows.all()
    officers = await _officers(session, authority, [child.id for _, child, _ in found])
    return DueList(
        as_at=now,
        items=[
            _line(DeadlineLine(row, breach is not None), child, officers.get(child.id), door, now)
            for row, child, breach in found
        ],
    )


async def _officers(session: AsyncSession, authority: str, children: Sequence[UUID]) -> dict[UUID, str]:
    found = await session.scalars(
        select(Allocation)
        .where(Allocation.authority_id == authority, Allocation.child_id.in_(children))
        .where(Allocation.withdrawn_at.is_(None), Allocation.ended_at.is_(None))
        .order_by(Allocation.allocated_at)
    )
    return {each.child_id: each.officer for each in found}


def _line(line: DeadlineLine, child: Child, officer: str | None, door: Door, now: datetime) -> DueLine:
    title, basis = title_and_basis(door.law.catalogue, line.row.timescale)
    return DueLine(
        id=line.row.id,
        child_id=child.id,
        child=child.reference,
        timescale=line.row.timescale,
        title=title,
        basis=basis,
        due_on=line.row.due_on,
        due_at=line.row.due_at,
        standing=line.standing(now),
        breached=line.breached,
        officer=officer,
        reason=" ".join(line.row.reason[:2]),
    )
