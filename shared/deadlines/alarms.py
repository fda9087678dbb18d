"""The alarms of deadlines whose dates stand, when the working days before those dates have changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.timescales.calendar import Calendar
from shared.timescales.due import Due
from shared.timescales.opening import warnings_of
from shared.timescales.timescale import Timescale

# No event and no revision: what was promised is as it was, and only Duecare is to be woken on another day.
SET = text("""
    UPDATE deadline d SET alarms = CAST(a.alarms AS timestamptz[]), next_alarm_at = a.next_alarm_at
    FROM unnest(CAST(:ids AS uuid[]), CAST(:alarms AS text[]), CAST(:nexts AS timestamptz[]))
         AS a(id, alarms, next_alarm_at)
    WHERE d.authority_id = :authority AND d.id = a.id
""")


def alarms_anew(
    alarms: Sequence[datetime], due_at: datetime, warnings: Sequence[datetime]
) -> list[datetime] | None:
    """The alarms (UTC) of a deadline that is warned of at these instants now; None where none of them moves.

    A warning that has been given is not given again, on whatever day it would come now; one that was still to
    come and would now have come already is given at once, as its alarm lies in the past.
    """
    waiting = sum(at < due_at for at in alarms)
    if not waiting:
        return None
    ahead = [*warnings[-waiting:], due_at]
    return None if ahead == sorted(alarms) else ahead


def moved_alarms(row: Row[Any], timescale: Timescale, calendar: Calendar) -> list[datetime] | None:
    """The alarms of a stored deadline by this calendar; None where none of them moves."""
    due = Due(row.due_on, row.due_at)
    warnings = warnings_of(timescale, row.starts_on, row.starts_at, due, calendar)
    return alarms_anew(row.alarms, row.due_at, warnings)


async def set_alarms(
    session: AsyncSession, authority: str, changed: Iterable[tuple[Any, list[datetime]]]
) -> None:
    """Store the alarms of these deadlines, each given as its id and its alarms, of which there is at least one."""
    changed = list(changed)
    if changed:
        written = {
            "ids": [deadline for deadline, _ in changed],
            "alarms": [_array(alarms) for _, alarms in changed],
            "nexts": [min(alarms) for _, alarms in changed],
        }
        await session.execute(SET, {"authority": authority} | written)


def _array(instants: Iterable[datetime]) -> str:
    return "{" + ",".join(at.isoformat() for at in instants) + "}"
