"""The rules in force for an installation: the catalogue of timescales and the calendar of working days."""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.models import CalendarDay
from shared.timescales.calendar import Calendar, ProclaimedDay, england
from shared.timescales.catalogue import Catalogue, load_catalogue

SHARE = text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")
LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


@dataclass(frozen=True, slots=True)
class Law:
    """What the engine needs besides the facts; `practice` is what the catalogue was loaded from."""

    catalogue: Catalogue
    calendar: Calendar
    practice: str | None = None

    @property
    def version(self) -> str:
        """Changes with any rule, and with a new release of the calendar; not with the days a council adds."""
        told = f"{self.catalogue.version}:{self.calendar.edition}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def wording(self, code: str) -> str | None:
        """The wording of one rule as it is kept with the deadlines worked out under it; None without such a rule."""
        row = self.catalogue.find(code)
        return None if row is None or row.untracked else row.wording(self.calendar.edition)


def law(practice: str | None = "sefton") -> Law:
    """England's timescales with a council's practice laid over them: the name of an overlay that ships, or the path
    of a file. Raises CatalogueError naming every mistake."""
    practice = practice or None
    return Law(load_catalogue(practice), england(), practice)


async def law_in_force(session: AsyncSession, authority: str, law: Law) -> Law:
    """The law with the days this council was told of, which stay as they are until the transaction ends."""
    await session.execute(SHARE, {"name": f"{authority}:calendar"})
    return replace(law, calendar=_extended(law.calendar, await calendar_days(session, authority)))


async def lock_calendar(session: AsyncSession, authority: str) -> None:
    """Wait for everybody who is working dates out, and let nobody begin until this transaction ends."""
    await session.execute(LOCK, {"name": f"{authority}:calendar"})


async def calendar_days(session: AsyncSession, authority: str) -> tuple[ProclaimedDay, ...]:
    """The days that this council was told of, also those taken back, in order."""
    rows = await session.scalars(
        select(CalendarDay)
        .where(CalendarDay.authority_id == authority)
        .order_by(CalendarDay.on, CalendarDay.id)
        .execution_options(populate_existing=True)
    )
    return tuple(
        ProclaimedDay(
            row.on, row.name, row.announced_on, row.source, row.instead_of, row.known_from, row.withdrawn_on
        )
        for row in rows
    )


@lru_cache(maxsize=64)
def _extended(calendar: Calendar, days: tuple[ProclaimedDay, ...]) -> Calendar:
    return calendar.with_days(days) if days else calendar
