"""Where deadlines stand: in time, due soon or overdue, worked out when somebody looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.models import Breach, DeadlineRow
from shared.timescales.engine import Outcome
from shared.timescales.timescale import Passing

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A stored deadline, and whether a breach of its version stands."""

    row: DeadlineRow
    breached: bool

    def standing(self, now: datetime) -> str:
        """How an open deadline stands at `now` (UTC); for a closed one, how it ended."""
        if self.row.outcome != Outcome.OPEN:
            return self.row.outcome
        if self.row.due_at <= now:
            return "overdue" if self.row.passing == Passing.BREACH else "passed"
        return "due_soon" if self.row.due_at <= now + SOON else "in_time"


async def deadline_lines(
    session: AsyncSession, authority: str, children: Sequence[UUID], *, open_only: bool = False
) -> list[DeadlineLine]:
    """The deadlines of these children, earliest due first."""
    query = (
        select(DeadlineRow, Breach.version)
        .outerjoin(
            Breach,
            (Breach.authority_id == DeadlineRow.authority_id)
            & (Breach.deadline_id == DeadlineRow.id)
            & (Breach.version == DeadlineRow.version)
            & Breach.withdrawn_at.is_(None),
        )
        .where(DeadlineRow.authority_id == authority, DeadlineRow.child_id.in_(children))
        .order_by(DeadlineRow.due_at, DeadlineRow.timescale, DeadlineRow.id)
    )
    if open_only:
        query = query.where(DeadlineRow.outcome == Outcome.OPEN)
    return [DeadlineLine(row, version is not None) for row, version in await session.execute(query)]
