"""Sends the digests of a London day once its hour has come. Any number of schedulers may go round at once."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.scheduler.digests.claims import Claimed, Result, claim, open_day, record, wait_for_post
from services.scheduler.digests.letter import letter, message_id
from services.scheduler.digests.models import Failure, State
from services.scheduler.digests.post import Post
from services.scheduler.digests.postman import NoPost, Postman
from services.scheduler.digests.readers import contents
from services.scheduler.figures import DIGESTS, POST_AWAY
from shared.db.authorities import authorities
from shared.db.session import authority_session
from shared.deadlines.law import calendar_days
from shared.http.door import Door
from shared.loops import for_all, waited_out
from shared.timescales.london import london_date


@dataclass(frozen=True, slots=True)
class Rounds:
    """The hour, and whether it counts as a day for it, are looked at every so often, by the clock of the door."""

    door: Door
    post: Post
    seconds: float

    async def run(self) -> None:
        """Go round for good. Waits out a database that is away."""
        while True:
            await waited_out("digests", self.go_round)
            await asyncio.sleep(self.seconds)

    async def go_round(self) -> None:
        """Send what every authority's people are to have by now."""
        if not self.post.has_come(self.door.clock.now()):
            return
        await for_all("digests", await authorities(self.door.engine), self.send_all)

    async def send_all(self, authority: str) -> None:
        """Send what one authority's people are to have today, once the hour has come."""
        now = self.door.clock.now()
        day = london_date(now)
        if not self.post.has_come(now) or not await self._open(authority, day, now):
            return
        try:
            async with Postman.calling(self.post) as postman:
                while claimed := await self._claim(authority, day):
                    if not await self._serve(postman, claimed):
                        POST_AWAY.inc()
                        return
        except NoPost:
            POST_AWAY.inc()
            async with authority_session(self.door.engine, authority) as session:
                await wait_for_post(session, authority, day, self.door.clock.now())

    async def _open(self, authority: str, day: date, now: datetime) -> bool:
        async with authority_session(self.door.engine, authority) as session:
            told = await calendar_days(session, authority)
            calendar = self.door.law.calendar.with_days(told) if told else self.door.law.calendar
            if not self.post.counts(day, calendar):
                return False
            opened = await open_day(session, authority, day, now)
        DIGESTS.labels(State.GIVEN_UP.value).inc(opened.given_up)
        return opened.any_free

    async def _claim(self, authority: str, day: date) -> Claimed | None:
        async with authority_session(self.door.engine, authority) as session:
            return await claim(session, authority, day, self.door.clock.now())

    async def _serve(self, postman: Postman, claimed: Claimed) -> bool:
        """Put together, hand over and record one digest. False where the mail server has gone."""
        result = await self._send(postman, claimed)
        # What was handed over is with its reader: it is recorded however long that takes, and not sent again.
        await waited_out("digests", lambda: self._record(claimed, result))
        DIGESTS.labels(result.state(claimed.attempts).value).inc()
        return result.failure is not Failure.UNREACHABLE

    async def _record(self, claimed: Claimed, result: Result) -> None:
        async with authority_session(self.door.engine, claimed.authority) as session:
            await record(session, claimed, result, self.door.clock.now())

    async def _send(self, postman: Postman, claimed: Claimed) -> Result:
        now, ahead = self.door.clock.now(), timedelta(days=self.post.digest_ahead_days)
        async with authority_session(self.door.engine, claimed.authority, read_only=True) as session:
            told = await contents(session, self.door, claimed.reader, ahead, now)
        if claimed.email is None or told.is_empty:
            return Result(told.counts)
        sender = str(self.post.smtp_from)
        name = message_id(claimed.authority, claimed.worker_id, claimed.on, sender)
        message = letter(told, sender, claimed.email, name, claimed.on, ahead.days, now)
        handed = await postman.hand_over(message)
        sent_at = now if handed.failure is None else None
        return Result(told.counts, sent_at, handed.failure, handed.status)
