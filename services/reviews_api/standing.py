"""Where deadlines stand: in time, due soon or overdue, worked out when somebody looks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, false, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.exemptions.models import Exemption
from shared.deadlines.models import Breach, DeadlineRow
from shared.deadlines.standing import standing


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A stored deadline, whether a breach of its version stands, and the kinds of exemption granted for it."""

    row: DeadlineRow
    breached: bool
    exemptions: tuple[str, ...] = ()

    def standing(self, now: datetime) -> str:
        """How an open deadline stands at `now` (UTC); for a closed one, how it ended."""
        return standing(self.row, now)


async def deadline_lines(
    session: AsyncSession, authority: str, children: Sequence[UUID]
) -> list[DeadlineLine]:
    """The deadlines of these children, earliest due first."""
    query = (
        select(DeadlineRow, _breached())
        .where(DeadlineRow.authority_id == authority, DeadlineRow.child_id.in_(children))
        .order_by(DeadlineRow.due_at, DeadlineRow.timescale, DeadlineRow.id)
    )
    found = (await session.execute(query)).all()
    granted = await _granted(session, authority, children)
    return [DeadlineLine(row, breached, granted.get(row.id, ())) for row, breached in found]


def _breached() -> ColumnElement[bool]:
    # Looked up row by row and by its key: joined, a planner may read all that a council ever missed.
    stands = (
        select(true())
        .where(Breach.authority_id == DeadlineRow.authority_id, Breach.deadline_id == DeadlineRow.id)
        .where(Breach.version == DeadlineRow.version, Breach.withdrawn_at.is_(None))
        .correlate(DeadlineRow)
    )
    return func.coalesce(stands.scalar_subquery(), false(), type_=Boolean())


async def _granted(
    session: AsyncSession, authority: str, children: Sequence[UUID]
) -> dict[UUID, tuple[str, ...]]:
    """The kinds of exemption that stand for these children's deadlines, in the order of the grants."""
    rows = await session.execute(
        select(Exemption.deadline_id, Exemption.kind)
        .where(Exemption.authority_id == authority, Exemption.child_id.in_(children))
        .where(Exemption.withdrawn_at.is_(None))
        .order_by(Exemption.granted_on, Exemption.id)
    )
    found: defaultdict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.deadline_id] += (row.kind,)
    return found
