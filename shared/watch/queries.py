"""What any service sees of the scheduler's work, by the database's clock and from the deadlines themselves."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.db.authorities import ALL
from shared.db.session import enter

BRIEFLY = text("SET LOCAL statement_timeout = '1500ms'")

SEEN = text("""
    SELECT extract(epoch FROM clock_timestamp() - max(swept_at)) AS late,
           max(behind_seconds) FILTER (WHERE lately) AS behind,
           coalesce(bool_or(clock_suspect) FILTER (WHERE lately), false) AS suspect
    FROM (SELECT *, ticked_at > clock_timestamp() - interval '1 day' AS lately FROM heartbeat
          WHERE authority_id = :authority) AS h
""")

# Counted from the dates themselves: this must not believe the alarms that the sweep goes by, nor the scheduler's clock.
MISSED = text("""
    SELECT count(*) AS missed FROM deadline d
    WHERE d.authority_id = :authority AND d.outcome IN ('open', 'met_late', 'ended_unmet')
      AND d.due_at <= clock_timestamp() - interval '30 seconds' AND d.passing = 'breach'
      AND NOT EXISTS (
          SELECT FROM breach b
          WHERE b.authority_id = :authority AND b.deadline_id = d.id AND b.version = d.version
            AND b.withdrawn_at IS NULL)
""")


@dataclass(frozen=True, slots=True)
class Sighting:
    """Seconds since any scheduler's last full sweep, None where there never was one; how far behind the furthest
    council's alarms are; whether a scheduler distrusts its clock."""

    late_seconds: float | None
    behind_seconds: float | None
    clock_suspect: bool


UNKNOWN = Sighting(late_seconds=None, behind_seconds=None, clock_suspect=False)


async def sight(engine: AsyncEngine) -> Sighting:
    """What the schedulers' heartbeats say, over all councils. Raises what a failing database raises."""
    seen = await of_every_council(engine, SEEN)
    return Sighting(
        late_seconds=min((float(row.late) for row in seen if row.late is not None), default=None),
        behind_seconds=max((row.behind for row in seen if row.behind is not None), default=None),
        clock_suspect=any(row.suspect for row in seen),
    )


async def overdue_without_breach(engine: AsyncEngine) -> int:
    """How many broken promises, half a minute old, have no breach. Raises what a failing database raises."""
    return sum(row.missed for row in await of_every_council(engine, MISSED))


async def of_every_council(engine: AsyncEngine, question: TextClause) -> list[Row[Any]]:
    """One row of each council's, read in one transaction of statements that take a second and a half at most each.
    The question is asked with `authority`."""
    async with AsyncSession(engine) as session, session.begin():
        await session.execute(BRIEFLY)
        found = []
        for authority in (await session.scalars(ALL)).all():
            await enter(session, authority, read_only=True)
            found.append((await session.execute(question, {"authority": authority})).one())
        return found
