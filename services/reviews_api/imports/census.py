"""Counting what is held of an authority, for the end of an import."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

COUNT = text("""
    SELECT
        (SELECT count(*) FROM child
          WHERE authority_id = :authority AND (:all OR reference = ANY(:children))) AS children,
        (SELECT count(*) FROM care_period p JOIN child c USING (authority_id)
          WHERE p.authority_id = :authority AND c.id = p.child_id AND (:all OR c.reference = ANY(:children))
            AND EXISTS (SELECT FROM fact f
                         WHERE f.authority_id = p.authority_id AND f.record_id = p.id
                           AND f.kind = 'care_period.started' AND f.withdrawn_at IS NULL)) AS care_periods,
        count(*) FILTER (WHERE outcome = 'met') AS met,
        count(*) FILTER (WHERE outcome IN ('met_late', 'ended_unmet')) AS late,
        count(*) FILTER (WHERE outcome = 'open' AND due_at <= :now AND passing = 'breach') AS overdue,
        count(*) FILTER (WHERE outcome = 'open' AND due_at > :now) AS running
    FROM deadline
    WHERE authority_id = :authority
      AND (:all OR child_id IN (SELECT id FROM child
                                 WHERE authority_id = :authority AND reference = ANY(:children)))
""")


@dataclass(frozen=True, slots=True)
class Census:
    """Children and care periods held, and the deadlines by how they stand at an instant."""

    children: int = 0
    care_periods: int = 0
    met: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0

    def __add__(self, other: "Census") -> "Census":
        return Census(**{name: count + getattr(other, name) for name, count in asdict(self).items()})

    def __sub__(self, other: "Census") -> "Census":
        return Census(**{name: count - getattr(other, name) for name, count in asdict(self).items()})


async def census(
    session: AsyncSession, authority: str, now: datetime, children: Sequence[str] | None = None
) -> Census:
    """What is held at `now` (UTC): of the children with these references, or of all."""
    values = {"authority": authority, "now": now, "all": children is None, "children": list(children or ())}
    return Census(*(await session.execute(COUNT, values)).one())
