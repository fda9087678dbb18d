"""Repeated lateness: a promise to one child that is broken again and again asks for more than a quiet word."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.concern import Breached, Kind
from shared.http.door import Door
from shared.timescales.london import day_starts_at, london_date
from shared.timescales.periods import corresponding_date

# How often each promise to each child was broken since an instant; a breach that was withdrawn never was one.
BROKEN = text("""
    SELECT d.child_id, d.timescale, count(*) AS times
    FROM (SELECT DISTINCT * FROM unnest(CAST(:children AS uuid[]), CAST(:timescales AS text[]))
          AS asked(child_id, timescale)) a
    JOIN deadline d ON d.authority_id = :authority AND d.child_id = a.child_id AND d.timescale = a.timescale
    JOIN breach b ON b.authority_id = :authority AND b.deadline_id = d.id
    WHERE b.withdrawn_at IS NULL AND b.due_at >= :since
    GROUP BY d.child_id, d.timescale
""")


async def as_repeated(
    session: AsyncSession, door: Door, authority: str, breaches: Sequence[Breached]
) -> list[Breached]:
    """The breaches, those of a promise broken as often as the ladder says as asking for a practice alert."""
    today = london_date(door.clock.now())
    ladder = door.law.catalogue.ladder_on(today)
    if not breaches or ladder is None or ladder.repeated is None:
        return list(breaches)
    asked = {
        "authority": authority,
        "children": [each.child_id for each in breaches],
        "timescales": [each.timescale for each in breaches],
        "since": day_starts_at(corresponding_date(today, -ladder.repeated.months)),
    }
    found = await session.execute(BROKEN, asked)
    often = {(row.child_id, row.timescale): row.times for row in found}
    most = ladder.repeated.times
    return [
        _graver(each, often[each.child_id, each.timescale], ladder.repeated.months)
        if often.get((each.child_id, each.timescale), 0) >= most
        else each
        for each in breaches
    ]


def _graver(breached: Breached, times: int, months: int) -> Breached:
    reason = f"{breached.reason} Broken {times} times within {months} months."
    return replace(breached, kind=Kind.PRACTICE_ALERT, reason=reason)
