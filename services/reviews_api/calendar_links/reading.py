"""What a calendar program gets for a secret: the calendar, that nothing is new, or that there is no such thing."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.reviews_api.calendar_links.calendar import Entry, entries, written
from services.reviews_api.calendar_links.queries import officer_behind
from services.reviews_api.calendar_links.secret import Secret
from services.reviews_api.calendar_links.statement import ENTRIES
from shared.auth.restricted import restricted_from_worker
from shared.db.reading import read
from shared.db.session import authority_session
from shared.http.door import Door
from shared.refusals import NotFound
from shared.settings import Links
from shared.timescales.london import london_date

BACK, AHEAD = timedelta(days=30), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Dates:
    """An officer's dates at `now` (UTC), and the ETag of them: a weak one, as each copy also says when it was made."""

    found: Sequence[Entry]
    links: Links
    now: datetime

    @property
    def etag(self) -> str:
        """Changes with any date, and with no look at it."""
        shown = repr((self.found, self.links))
        return f'W/"{hashlib.sha256(shown.encode()).hexdigest()[:32]}"'

    async def text(self) -> bytes:
        """The calendar; beside the requests of others, as a thousand dates take a moment to write."""
        return await asyncio.to_thread(written, self.found, self.links, self.now)


async def dates_behind(door: Door, word: str) -> Dates:
    """The dates of the officer whose link has this secret. Raises NotFound, in the same words whatever is wrong: there
    is no such link, it was revoked, or its officer has left or is none any more."""
    secret, now = Secret.read(word), door.clock.now()
    if secret is None:
        raise NotFound("calendar")
    async with authority_session(door.engine, secret.authority, read_only=True) as session:
        officer = await officer_behind(session, secret, london_date(now))
        if officer is None:
            raise NotFound("calendar")
        hidden = await restricted_from_worker(session, secret.authority, officer.subject)
        rows: list[Any] = await read(session, ENTRIES, *_asked(officer.reference, secret, now), list(hidden))
    return Dates([*entries(rows, door.law.catalogue)], door.links, now)


def _asked(officer: str, secret: Secret, now: datetime) -> tuple[Any, ...]:
    today = london_date(now)
    return secret.authority, officer, now, today, today - BACK, today + AHEAD
