"""Reading escalations."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.children import child
from services.escalation_api.escalations.concern import Kind
from services.escalation_api.escalations.ladders import possible_now, stage_now
from services.escalation_api.escalations.models import Escalation, EscalationChild
from services.escalation_api.escalations.part_views import ChildLine
from services.escalation_api.escalations.parts import stages_of, steps_of
from services.escalation_api.escalations.transitions import State
from services.escalation_api.escalations.views import EscalationLine, EscalationView
from shared.http.door import Door
from shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Asked:
    """Which escalations are wanted: each condition only where it is said. `child_id` finds those of siblings too."""

    state: State | None
    child_id: UUID | None
    kind: Kind | None
    stage: str | None
    team: str | None
    theme: str | None
    raised_by: str | None
    after: UUID | None
    limit: int


async def get(session: AsyncSession, authority: str, id: UUID, *, lock: bool = False) -> Escalation:
    """The escalation with this id. Raises NotFound."""
    query = select(Escalation).where(Escalation.authority_id == authority, Escalation.id == id)
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("escalation")
    return found


async def view(session: AsyncSession, door: Door, escalation: Escalation) -> EscalationView:
    """The escalation with its children's references, its steps and its stages."""
    children = await children_of(session, escalation.authority_id, [escalation.id])
    steps, stages = await steps_of(session, escalation), await stages_of(session, escalation)
    possible = possible_now(door, escalation)
    stage = stage_now(door, escalation)
    return EscalationView.whole(escalation, children[escalation.id], possible, steps, stages, stage)


async def stretch(session: AsyncSession, door: Door, authority: str, asked: Asked) -> list[EscalationLine]:
    """Up to `limit` escalations after the one named, in the order in which they were made."""
    query = select(Escalation).where(Escalation.authority_id == authority)
    for name in ("state", "kind", "stage", "team", "theme", "raised_by"):
        if (value := getattr(asked, name)) is not None:
            query = query.where(getattr(Escalation, name) == value)
    if asked.child_id is not None:
        query = query.where(Escalation.id.in_(Escalation.ids_about([asked.child_id])))
    if asked.after is not None:
        query = query.where(Escalation.id > asked.after)
    found = (await session.scalars(query.order_by(Escalation.id).limit(asked.limit))).all()
    return await lines(session, door, authority, found)


async def lines(
    session: AsyncSession, door: Door, authority: str, found: Sequence[Escalation]
) -> list[EscalationLine]:
    """These as a list shows them."""
    children = await children_of(session, authority, [each.id for each in found])
    return [EscalationLine.of(each, children[each.id], possible_now(door, each)) for each in found]


async def children_of(
    session: AsyncSession, authority: str, escalations: Collection[UUID]
) -> dict[UUID, list[ChildLine]]:
    """The children of each of these escalations, in the order of their references."""
    found: defaultdict[UUID, list[ChildLine]] = defaultdict(list)
    if escalations:
        rows = await session.execute(
            select(EscalationChild.escalation_id, EscalationChild.child_id, child.c.reference)
            .join(
                child,
                (child.c.authority_id == EscalationChild.authority_id)
                & (child.c.id == EscalationChild.child_id),
            )
            .where(EscalationChild.authority_id == authority, EscalationChild.escalation_id.in_(escalations))
            .order_by(child.c.reference)
        )
        for escalation, child_id, reference in rows:
            found[escalation].append(ChildLine(child=reference, child_id=child_id))
    return found
