"""Opens a day's digests, takes them one by one, and records what came of each: in short transactions, never while
sending.

A digest goes out at least once, and as a rule once: whoever dies between the sending and the record of it leaves a
claim that runs out, and it is sent again, at most MOST times, on the same London day, with the same Message-ID.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.digests.contents import Counts
from services.scheduler.digests.models import Failure, State
from services.scheduler.digests.readers import TOLD, Reader

MOST = 5
LEASE = timedelta(minutes=3)  # longer than one digest may take
# After the first attempt that failed, and so on.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
UNTIL_THERE = timedelta(minutes=1)  # before another look for a mail server that is not there

WANTING = f"w.email IS NOT NULL AND w.digest AND {TOLD}"
_OPEN = """
    INSERT INTO digest (authority_id, worker_id, digest_on, state, attempts, next_attempt_at)
    SELECT :authority, w.id, :day, 'waiting', 0, CAST(:now AS timestamptz) FROM worker w
    WHERE w.authority_id = :authority AND {wanting} AND NOT EXISTS (
        SELECT FROM digest d WHERE d.authority_id = :authority AND d.worker_id = w.id AND d.digest_on = :day)
    ON CONFLICT DO NOTHING
"""
# A day that has gone by is told no more, and neither is what has been begun as often as it may be.
GIVE_UP = text("""
    UPDATE digest SET state = 'given_up', claimed_until = NULL
    WHERE authority_id = :authority AND state = 'waiting' AND (digest_on < :day OR attempts >= :most)
      AND (claimed_until IS NULL OR claimed_until <= :now)
    RETURNING worker_id
""")
FREE = """
    authority_id = :authority AND digest_on = :day AND state = 'waiting' AND attempts < :most
    AND next_attempt_at <= :now AND (claimed_until IS NULL OR claimed_until <= :now)
"""
_ANY_FREE = "SELECT EXISTS (SELECT FROM digest WHERE {free})"
_CLAIM = """
    WITH free AS (
        SELECT worker_id FROM digest WHERE {free}
        ORDER BY next_attempt_at, worker_id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE digest d SET claimed_until = :until, attempts = d.attempts + 1
    FROM free JOIN worker w ON w.authority_id = :authority AND w.id = free.worker_id
    WHERE d.authority_id = :authority AND d.digest_on = :day AND d.worker_id = free.worker_id
    RETURNING d.worker_id, d.attempts, w.reference, w.role, w.team, w.subject,
              CASE WHEN {wanting} THEN w.email END AS email
"""
# Whoever's claim has run out may be late: only that it was sent then still counts.
RECORD = text("""
    UPDATE digest SET state = CAST(:state AS text), claimed_until = NULL, next_attempt_at = :next_at,
           sent_at = :sent_at, failure = :failure, status = :status, due = :due, overdue = :overdue,
           answered = :answered, unanswered = :unanswered
    WHERE authority_id = :authority AND worker_id = :worker AND digest_on = :day
      AND CASE WHEN CAST(:state AS text) = 'sent' THEN state IN ('waiting', 'given_up')
               ELSE state = 'waiting' AND claimed_until = :until END
""")
NOT_THERE = text("""
    UPDATE digest SET failure = 'unreachable', status = NULL, next_attempt_at = :next_at
    WHERE authority_id = :authority AND digest_on = :day AND state = 'waiting' AND next_attempt_at <= :now
      AND (claimed_until IS NULL OR claimed_until <= :now)
""")
OPEN, ANY_FREE, CLAIM = (text(each.format(wanting=WANTING, free=FREE)) for each in (_OPEN, _ANY_FREE, _CLAIM))


@dataclass(frozen=True, slots=True)
class Claimed:
    """One digest to be sent before `until` (UTC), on the London day `on`; `email` is None where nobody wants it any
    more. `attempts` counts this one."""

    authority: str
    worker_id: UUID
    on: date
    attempts: int
    until: datetime
    reader: Reader
    email: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attempt: sent, nothing to tell, or why not, with the mail server's code where it gave one.
    `sent_at` (UTC) is there for one that was sent, `failure` for one that was not."""

    counts: Counts | None = None
    sent_at: datetime | None = None
    failure: Failure | None = None
    status: int | None = None

    def state(self, attempts: int) -> State:
        """What the digest is after so many attempts."""
        if self.sent_at is not None:
            return State.SENT
        if self.failure is None:
            return State.EMPTY
        if self.failure is Failure.REFUSED:
            return State.REFUSED
        return State.WAITING if attempts < MOST else State.GIVEN_UP


@dataclass(frozen=True, slots=True)
class Opened:
    """Whether any digest of the day may be sent now, and how many digests were given up as it was opened."""

    any_free: bool
    given_up: int


async def open_day(session: AsyncSession, authority: str, day: date, now: datetime) -> Opened:
    """Put down a digest for everybody who is to have one today, and give up what can be told no more."""
    asked = {"authority": authority, "day": day, "now": now}
    given_up = (await session.execute(GIVE_UP, asked | {"most": MOST})).all()
    await session.execute(OPEN, asked)
    return Opened(bool(await session.scalar(ANY_FREE, asked | {"most": MOST})), len(given_up))


async def claim(session: AsyncSession, authority: str, day: date, now: datetime) -> Claimed | None:
    """Take one digest; it is the taker's until the lease runs out. None where there is none to take."""
    until = now + LEASE
    asked = {"authority": authority, "day": day, "now": now, "until": until, "most": MOST}
    row = (await session.execute(CLAIM, asked)).one_or_none()
    if row is None:
        return None
    reader = Reader(authority, row.reference, row.role, row.team, row.subject)
    return Claimed(authority, row.worker_id, day, row.attempts, until, reader, row.email)


async def record(session: AsyncSession, claimed: Claimed, result: Result, now: datetime) -> None:
    """Write down what came of an attempt, and when to try again."""
    counts = result.counts or Counts(None, None, None, None)
    told: dict[str, Any] = {
        "authority": claimed.authority,
        "worker": claimed.worker_id,
        "day": claimed.on,
        "until": claimed.until,
        "state": result.state(claimed.attempts).value,
        "next_at": now + PAUSES[min(claimed.attempts, len(PAUSES)) - 1],
        "sent_at": result.sent_at,
        "failure": None if result.failure is None else result.failure.value,
        "status": result.status,
    }
    await session.execute(RECORD, told | counts._asdict())


async def wait_for_post(session: AsyncSession, authority: str, day: date, now: datetime) -> None:
    """No mail server is there: it is looked for again in a while, which is nobody's attempt."""
    asked = {"authority": authority, "day": day, "now": now, "next_at": now + UNTIL_THERE}
    await session.execute(NOT_THERE, asked)
