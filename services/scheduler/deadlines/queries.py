"""Reads one deadline, and works out again why it falls when it does."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.access import OFFICER_READERS
from services.scheduler.deadlines.explanation import explained
from services.scheduler.deadlines.schemas import DeadlineView, ExplanationView
from shared.auth.principal import Principal
from shared.deadlines.difference import STILL, WITHDRAWN
from shared.deadlines.facts import standing_facts
from shared.deadlines.law import Law, law_in_force
from shared.deadlines.models import Breach, DeadlineRow
from shared.deadlines.standing import standing
from shared.http.door import Door
from shared.refusals import NotFound
from shared.timescales.engine import deadlines
from shared.timescales.opening import Opened


async def find_deadline(session: AsyncSession, who: Principal, id: UUID) -> DeadlineRow:
    """A deadline that the caller may see; of an officer's own, not everybody may. Raises NotFound."""
    row = await session.get(DeadlineRow, (who.authority, id))
    if row is None or (row.child_id is None and not who.roles & OFFICER_READERS):
        raise NotFound("deadline")
    return row


async def deadline_view(session: AsyncSession, door: Door, row: DeadlineRow) -> DeadlineView:
    """A deadline as it is stored, and where it stands now."""
    timescale = door.law.catalogue.find(row.timescale)
    stored = {name: getattr(row, name) for name in DeadlineView.model_fields if hasattr(row, name)}
    return DeadlineView(
        **stored,
        title=timescale.title if timescale else row.timescale,
        basis=timescale.basis if timescale else "no longer in the catalogue",
        source=timescale.source if timescale else None,
        confirmed=timescale.confirmed if timescale else None,
        standing=standing(row, door.clock.now()),
        breached=await _is_breached(session, row),
    )


async def explanation(session: AsyncSession, door: Door, row: DeadlineRow) -> ExplanationView:
    """Worked out again from the facts that stand; where that says another thing than is stored, the stored words."""
    law = await law_in_force(session, row.authority_id, door.law)
    opened = await _opened(session, row, law)
    if opened is None:
        return _as_stored(row)
    return ExplanationView(deadline_id=row.id, recomputed=True, **dict(explained(opened)))


async def _opened(session: AsyncSession, row: DeadlineRow, law: Law) -> Opened | None:
    """The clock as the engine has it now; None where it is not the one that is stored."""
    if row.outcome == WITHDRAWN or (row.outcome not in STILL and row.law != law.wording(row.timescale)):
        return None
    facts = await standing_facts(session, row.authority_id, [row.history_id])
    for each in deadlines(facts[row.history_id], law.catalogue, law.calendar, {row.timescale}):
        if each.anchor == row.anchor_id and (each.starts_on, each.due_at) == (row.starts_on, row.due_at):
            return each.opened
    return None


def _as_stored(row: DeadlineRow) -> ExplanationView:
    return ExplanationView(
        deadline_id=row.id,
        recomputed=False,
        starts_with=None,
        rule=None,
        days_off=[],
        counting=[],
        relief=[],
        sooner=None,
        due_on=row.due_on,
        due_at=row.due_at,
        provisional=row.provisional,
        calendar_version=None,
        warnings=[],
        lines=row.reason,
    )


async def _is_breached(session: AsyncSession, row: DeadlineRow) -> bool:
    standing = select(Breach.version).where(
        Breach.authority_id == row.authority_id,
        Breach.deadline_id == row.id,
        Breach.version == row.version,
        Breach.withdrawn_at.is_(None),
    )
    return await session.scalar(standing) is not None
