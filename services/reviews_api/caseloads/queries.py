"""Whose children an officer has now, and what each is owed."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.caseloads.lines import written
from services.reviews_api.caseloads.statements import HELD, OPEN
from services.reviews_api.naming import names
from shared.auth.restricted import hidden_in
from shared.db.reading import read
from shared.http.door import Door
from shared.timescales.london import london_date


async def caseload(session: AsyncSession, door: Door, authority: str, officer: str) -> str:
    """An officer's children now, by urgency, as the JSON text of a CaseloadView. An officer without children has an
    empty caseload."""
    now = door.clock.now()
    hidden = hidden_in(session)
    held = await read(session, HELD, authority, officer, now, london_date(now))
    held = [row for row in held if row["child_id"] not in hidden]
    periods, children = [row["id"] for row in held], [row["child_id"] for row in held]
    rows = await read(session, OPEN, authority, periods, children, now)
    return written(officer, held, rows, names(door.law.catalogue), now)
