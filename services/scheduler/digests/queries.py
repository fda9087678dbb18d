"""Reading what a digest tells, and which digests there were."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.digests.claims import Claimed
from services.scheduler.digests.contents import Contents
from services.scheduler.digests.models import Digest, State
from services.scheduler.digests.schemas import DigestView
from services.scheduler.digests.statement import TO_OFFICER, TO_TEAM
from shared.auth.principal import Principal
from shared.auth.restricted import restricted_from
from shared.db.reading import read
from shared.http.door import Door
from shared.timescales.london import london_date

TEAM_MANAGER = "team_manager"


async def contents(
    session: AsyncSession, door: Door, claimed: Claimed, ahead: timedelta, now: datetime
) -> Contents:
    """What a worker's digest tells at `now` (UTC), of so long a time ahead."""
    # A record names a worker's subject, and not what a token would let them do: they are told of what names them.
    reader = Principal(claimed.subject or "", claimed.authority, frozenset())
    hidden = list(await restricted_from(session, reader))
    asked = claimed.authority, now, hidden, now + ahead
    if claimed.role == TEAM_MANAGER:
        rows = await read(session, TO_TEAM, *asked, claimed.team)
    else:
        officer = claimed.reference, claimed.subject, london_date(now)
        rows = await read(session, TO_OFFICER, *asked, *officer)
    return Contents.of(rows, door.law.catalogue, door.links, now)


async def stretch(
    session: AsyncSession, authority: str, on: date, state: State | None, after: UUID | None, limit: int
) -> list[DigestView]:
    """Up to `limit` digests of a London day after the one named, in the order of the workers' ids."""
    query = select(Digest).filter_by(authority_id=authority, digest_on=on)
    if state is not None:
        query = query.filter_by(state=state.value)
    if after is not None:
        query = query.where(Digest.worker_id > after)
    found = await session.scalars(query.order_by(Digest.worker_id).limit(limit))
    return [DigestView.model_validate(each) for each in found]
