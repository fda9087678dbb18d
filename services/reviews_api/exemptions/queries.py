"""Reading exemptions, each with what it comes to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.exemptions.models import Exemption, ExemptionKind
from services.reviews_api.exemptions.schemas import ExemptionView
from services.reviews_api.exemptions.working import Working, counts
from services.reviews_api.histories.queries import check_reader, sees_officers
from services.reviews_api.record import get
from shared.auth.principal import Principal
from shared.deadlines.facts import standing_facts
from shared.deadlines.law import Law, calendar_days
from shared.deadlines.models import DeadlineRow
from shared.http.door import Door


async def one(session: AsyncSession, door: Door, who: Principal, reference: str) -> ExemptionView:
    """The exemption with this reference or id. Raises NotFound."""
    exemption = await get(session, Exemption, who.authority, reference)
    check_reader(who, exemption.child_id, exemption.noun)
    return await view(session, door, exemption)


async def stretch(
    session: AsyncSession,
    door: Door,
    who: Principal,
    timescale: str | None,
    kind: ExemptionKind | None,
    granted: tuple[date | None, date | None],
    after: UUID | None,
    limit: int,
) -> list[ExemptionView]:
    """Up to `limit` exemptions after the one named, in the order in which they were first granted."""
    query = select(Exemption).where(Exemption.authority_id == who.authority)
    if not sees_officers(who):
        query = query.where(Exemption.child_id.is_not(None))
    query = _narrowed(query, timescale, kind, granted)
    if after is not None:
        query = query.where(Exemption.id > after)
    found = await session.scalars(query.order_by(Exemption.id).limit(limit))
    return await views(session, door, who.authority, found.all())


def _narrowed(
    query: Select[Exemption],
    timescale: str | None,
    kind: ExemptionKind | None,
    granted: tuple[date | None, date | None],
) -> Select[Exemption]:
    first, last = granted
    if timescale is not None:
        query = query.where(Exemption.timescale == timescale)
    if kind is not None:
        query = query.where(Exemption.kind == kind)
    if first is not None:
        query = query.where(Exemption.granted_on >= first)
    if last is not None:
        query = query.where(Exemption.granted_on <= last)
    return query


async def view(session: AsyncSession, door: Door, exemption: Exemption) -> ExemptionView:
    """One exemption, with what it comes to."""
    (shown,) = await views(session, door, exemption.authority_id, [exemption])
    return shown


async def views(
    session: AsyncSession, door: Door, authority: str, exemptions: Sequence[Exemption]
) -> list[ExemptionView]:
    """Exemptions, each with what it comes to as the facts and the calendar stand now."""
    law = await _law(session, authority, door.law)
    facts = await standing_facts(session, authority, [each.history_id for each in exemptions])
    deadlines = await _deadlines(session, authority, [each.deadline_id for each in exemptions])
    shown = []
    for each in exemptions:
        working = Working(law, facts[each.history_id], each.timescale, each.anchor_id)
        deadline = deadlines[each.deadline_id]
        more = {
            "has_effect": each.withdrawn_at is None and counts(each, working.with_(each)),
            "due_on": deadline.due_on,
            "outcome": deadline.outcome,
        }
        own = {name: getattr(each, name) for name in ExemptionView.model_fields.keys() - more.keys()}
        shown.append(ExemptionView(**own, **more))
    return shown


async def _law(session: AsyncSession, authority: str, law: Law) -> Law:
    # As it stands, without waiting for whoever is changing the calendar: nothing is written here.
    return replace(law, calendar=law.calendar.with_days(await calendar_days(session, authority)))


async def _deadlines(session: AsyncSession, authority: str, ids: Sequence[UUID]) -> dict[UUID, DeadlineRow]:
    rows = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.authority_id == authority, DeadlineRow.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


async def pauses_beside(session: AsyncSession, exemption: Exemption) -> Sequence[Exemption]:
    """The other standing pauses of the same promise."""
    found = await session.scalars(
        select(Exemption)
        .where(Exemption.authority_id == exemption.authority_id, Exemption.history_id == exemption.history_id)
        .where(Exemption.timescale == exemption.timescale, Exemption.anchor_id == exemption.anchor_id)
        .where(Exemption.kind == ExemptionKind.PAUSE, Exemption.withdrawn_at.is_(None))
        .where(Exemption.id != exemption.id)
    )
    return found.all()
