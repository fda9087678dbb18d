"""Whose digest it is, and what it tells them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.digests.contents import Contents
from services.scheduler.digests.statement import TO_OFFICER, TO_TEAM
from shared.auth.principal import Principal
from shared.auth.restricted import restricted_from_worker
from shared.db.reading import read
from shared.http.door import Door
from shared.timescales.london import london_date

TEAM_MANAGER = "team_manager"
# Who is told of something: an officer of children, a team's manager of the team. Of a worker `w`, on a day.
TOLD = """
    w.withdrawn_at IS NULL AND w.started_on <= :day AND (w.left_on IS NULL OR w.left_on >= :day)
    AND (w.role IN ('iro', 'cp_chair', 'cin_iro') OR (w.role = 'team_manager' AND w.team IS NOT NULL))
"""
_THEMSELVES = """
    SELECT w.reference, w.role, w.team, w.subject FROM worker w
    WHERE w.authority_id = :authority AND w.subject = :subject AND {told}
    ORDER BY w.id LIMIT 1
"""
THEMSELVES = text(_THEMSELVES.format(told=TOLD))


@dataclass(frozen=True, slots=True)
class Reader:
    """A worker as their record has them; `subject` is the name by which their tokens know them."""

    authority: str
    reference: str
    role: str
    team: str | None
    subject: str | None


async def reader_with(session: AsyncSession, who: Principal, now: datetime) -> Reader | None:
    """The worker whose record names this caller; None where there is none whom a digest would tell anything."""
    asked = {"authority": who.authority, "subject": who.subject, "day": london_date(now)}
    row = (await session.execute(THEMSELVES, asked)).one_or_none()
    return None if row is None else Reader(who.authority, *row)


async def contents(
    session: AsyncSession, door: Door, reader: Reader, ahead: timedelta, now: datetime
) -> Contents:
    """What a digest tells its reader at `now` (UTC), of so long a time ahead."""
    hidden = list(await restricted_from_worker(session, reader.authority, reader.subject))
    asked = reader.authority, now, hidden, now + ahead
    if reader.role == TEAM_MANAGER:
        rows = await read(session, TO_TEAM, *asked, reader.team)
    else:
        officer = reader.reference, reader.subject, london_date(now)
        rows = await read(session, TO_OFFICER, *asked, *officer)
    return Contents.of(rows, door.law.catalogue, door.links, now)
