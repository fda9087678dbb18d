"""Child protection plans as they are shown: how long, how many before, and which marks they have passed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.reviews_api.children.births import birth_of
from services.reviews_api.children.models import Child
from services.reviews_api.conferences.models import Conference
from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.protection_plans.schemas import MarkView, PlanView
from services.reviews_api.record import get
from shared.clock import today
from shared.deadlines.difference import WITHDRAWN
from shared.deadlines.models import DeadlineRow
from shared.deadlines.standing import standing
from shared.http.door import Door
from shared.timescales.engine import Outcome
from shared.timescales.timescale import Passing

OURS = (
    "child",
    "previous_plans_here",
    "previous_plans",
    "subsequent",
    "unborn",
    "days",
    "marks",
    "warnings",
)


async def one(session: AsyncSession, door: Door, authority: str, reference: str) -> PlanView:
    """The plan with this reference or id. Raises NotFound."""
    return await view(session, door, await get(session, ProtectionPlan, authority, reference))


async def view(session: AsyncSession, door: Door, plan: ProtectionPlan) -> PlanView:
    """One plan as it is shown."""
    (shown,) = await views(session, door, plan.authority_id, [plan])
    return shown


async def stretch(
    session: AsyncSession,
    door: Door,
    authority: str,
    on: date | None,
    category: str | None,
    child: str | None,
    longer_than: int | None,
    after: UUID | None,
    limit: int,
) -> list[PlanView]:
    """Up to `limit` standing plans after the one named, in the order in which they were first told. Raises NotFound
    for an unknown child."""
    query = select(ProtectionPlan)
    query = query.where(ProtectionPlan.authority_id == authority, ProtectionPlan.withdrawn_at.is_(None))
    if on is not None:
        query = query.where(ProtectionPlan.started_on <= on, _runs_after(on))
    if category is not None:
        query = query.where(ProtectionPlan.latest_category == category)
    if child is not None:
        query = query.where(ProtectionPlan.child_id == (await get(session, Child, authority, child)).id)
    if longer_than is not None:
        query = _longer(query, longer_than, on, today(door.clock))
    if after is not None:
        query = query.where(ProtectionPlan.id > after)
    found = await session.scalars(query.order_by(ProtectionPlan.id).limit(limit))
    return await views(session, door, authority, found.all())


def _runs_after(on: date) -> ColumnElement[bool]:
    return or_(ProtectionPlan.ended_on.is_(None), ProtectionPlan.ended_on > on)


def _longer(
    query: Select[ProtectionPlan], months: int, on: date | None, today: date
) -> Select[ProtectionPlan]:
    until = func.coalesce(ProtectionPlan.ended_on, today) if on is None else on
    return query.where(ProtectionPlan.started_on + func.make_interval(0, months) < until)


async def views(
    session: AsyncSession, door: Door, authority: str, plans: Sequence[ProtectionPlan]
) -> list[PlanView]:
    """Plans as they are shown."""
    children = await _children(session, authority, plans)
    before = await earlier_plans(session, authority, plans)
    marks = await _marks(session, door, authority, plans)
    held = await _conference_days(session, authority, plans)
    shown = []
    for plan in plans:
        born_on = birth_of(children[plan.child_id], ()).born_on
        here, elsewhere = before[plan.id], plan.previous_plans_elsewhere
        differs = plan.conference_id in held and held[plan.conference_id] != plan.started_on
        own = {name: getattr(plan, name) for name in PlanView.model_fields if name not in OURS}
        shown.append(
            PlanView(
                **own,
                child=children[plan.child_id].reference,
                previous_plans_here=here,
                previous_plans=here + elsewhere,
                subsequent=here + elsewhere > 0,
                unborn=None if born_on is None else plan.started_on < born_on,
                days=((plan.ended_on or today(door.clock)) - plan.started_on).days,
                marks=marks[plan.id],
                warnings=["start_differs_from_conference"] if differs else [],
            )
        )
    return shown


async def earlier_plans(
    session: AsyncSession, authority: str, plans: Sequence[ProtectionPlan]
) -> Mapping[UUID, int]:
    """How many standing plans each one's child had before."""
    later, earlier = aliased(ProtectionPlan), aliased(ProtectionPlan)
    rows = await session.execute(
        select(later.id, func.count())
        .join(
            earlier,
            (earlier.authority_id == later.authority_id)
            & (earlier.child_id == later.child_id)
            & (earlier.started_on < later.started_on)
            & earlier.withdrawn_at.is_(None),
        )
        .where(later.authority_id == authority, later.id.in_([plan.id for plan in plans]))
        .group_by(later.id)
    )
    return defaultdict(int, [(plan, count) for plan, count in rows])


async def _children(
    session: AsyncSession, authority: str, plans: Sequence[ProtectionPlan]
) -> dict[UUID, Child]:
    ids = {plan.child_id for plan in plans}
    found = await session.scalars(select(Child).where(Child.authority_id == authority, Child.id.in_(ids)))
    return {child.id: child for child in found}


async def _marks(
    session: AsyncSession, door: Door, authority: str, plans: Sequence[ProtectionPlan]
) -> Mapping[UUID, list[MarkView]]:
    """The lengths that are watched, by plan."""
    rows = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.authority_id == authority)
        .where(DeadlineRow.history_id.in_({plan.history_id for plan in plans}))
        .where(DeadlineRow.anchor_id.in_([plan.id for plan in plans]))
        .where(DeadlineRow.passing == Passing.MARK, DeadlineRow.outcome != WITHDRAWN)
        .order_by(DeadlineRow.due_on, DeadlineRow.timescale)
        .execution_options(populate_existing=True)
    )
    found: defaultdict[UUID, list[MarkView]] = defaultdict(list)
    for row in rows:
        timescale = door.law.catalogue.find(row.timescale)
        mark = MarkView(
            timescale=row.timescale,
            title=timescale.title if timescale else row.timescale,
            reached_on=row.due_on,
            passed=standing(row, door.clock.now()) == Outcome.PASSED,
        )
        found[row.anchor_id].append(mark)
    return found


async def _conference_days(
    session: AsyncSession, authority: str, plans: Sequence[ProtectionPlan]
) -> dict[UUID | None, date | None]:
    ids = {plan.conference_id for plan in plans if plan.conference_id is not None}
    rows = await session.execute(
        select(Conference.id, Conference.held_on)
        .where(Conference.authority_id == authority, Conference.id.in_(ids))
        .where(Conference.withdrawn_at.is_(None))
    )
    return {row.id: row.held_on for row in rows}
