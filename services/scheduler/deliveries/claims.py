"""Takes deliveries to be sent, and gives them back: in short transactions, never while sending."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.deliveries.models import Outcome
from services.scheduler.subscriptions.wanted import OF_RESTRICTED
from shared.auth.restricted import ALL_RESTRICTED
from shared.db.base import new_id

STRETCHES = 3  # of what waits for an earlier one, looked at in one transaction

# In the order of the index, so that one row of it answers for a subscription, however many wait.
DUE = text("""
    SELECT s.id FROM subscription s CROSS JOIN LATERAL (
        SELECT FROM delivery d
        WHERE d.authority_id = :authority AND d.subscription_id = s.id AND d.state = 'waiting'
          AND d.next_attempt_at <= :now AND (d.claimed_until IS NULL OR d.claimed_until <= :now)
        ORDER BY d.next_attempt_at, d.position LIMIT 1) AS first
    WHERE s.authority_id = :authority AND s.ended_at IS NULL AND s.paused_at IS NULL
""")

# The first of those that are due: however many wait, no more than this is looked at. They are found again by their
# place: a planner whose figures are from before so much waited goes through all of them for each.
_LONGEST_DUE = """
    SELECT d.ctid AS place, d.event_id, d.subject_id, d.position FROM delivery d
    WHERE d.authority_id = :authority AND d.subscription_id = :subscription AND d.state = 'waiting'
      AND d.next_attempt_at <= :now AND (d.claimed_until IS NULL OR d.claimed_until <= :now)
    ORDER BY d.next_attempt_at, d.position LIMIT {most} FOR UPDATE SKIP LOCKED
"""
# The two columns are compared and ordered as one: no other index can then seem cheaper than that of subjects.
FIRST_OF_SUBJECT = """
    SELECT event_id, subject_id, position, next_attempt_at, claimed_until FROM delivery
    WHERE authority_id = :authority AND subscription_id = :subscription AND state = 'waiting'
      AND (subject_id, position) >= ({subject}, 0)
    ORDER BY subject_id, position LIMIT 1
"""

# An event waits for the earlier ones about the same subject, so that one deadline's story arrives in order.
CLAIM = """
    WITH due AS MATERIALIZED ({due}), free AS MATERIALIZED (
        SELECT due.place FROM due CROSS JOIN LATERAL ({first}) AS first
        WHERE first.event_id = due.event_id
        LIMIT :limit
    )
    UPDATE delivery d SET claimed_until = :until
    FROM free, subscription s
    WHERE d.ctid = free.place AND d.authority_id = :authority
      AND s.authority_id = :authority AND s.id = :subscription AND s.ended_at IS NULL AND s.paused_at IS NULL
    RETURNING d.event_id, d.attempts, s.url, s.secret, s.previous_secret, s.previous_until, s.version,
              (SELECT CAST(envelope AS text) FROM outbox_event
               WHERE authority_id = :authority AND id = d.event_id AND position = d.position) AS body
"""

# What waits for an earlier one is not looked at again before that one's turn; when that has arrived, it is woken. The
# hour is for nothing but the case that nobody woke it.
HOLD_BACK = """
    WITH due AS MATERIALIZED ({due}), behind AS MATERIALIZED (
        SELECT due.place, least(CAST(:now AS timestamptz) + interval '1 hour', greatest(
            first.next_attempt_at, first.claimed_until, CAST(:now AS timestamptz) + interval '1 second')) AS until
        FROM due CROSS JOIN LATERAL ({first}) AS first
        WHERE first.subject_id = due.subject_id AND first.position < due.position
    ), held AS (
        UPDATE delivery d SET next_attempt_at = behind.until
        FROM behind WHERE d.ctid = behind.place AND d.authority_id = :authority
        RETURNING 1
    )
    SELECT count(*) FROM held
"""

# Of a child who was restricted since it was handed out, nothing is told any more to those who do not see them.
HIDE = """
    {all_restricted}, hidden AS MATERIALIZED (
        SELECT id FROM outbox_event
        WHERE authority_id = :authority AND id = ANY(CAST(:events AS uuid[])) AND {of_restricted}
    )
    UPDATE delivery d SET state = 'ended', claimed_until = NULL
    FROM subscription s
    WHERE s.authority_id = :authority AND s.id = :subscription AND NOT s.hears_restricted
      AND d.authority_id = :authority AND d.subscription_id = :subscription
      AND d.event_id = ANY(ARRAY(SELECT id FROM hidden))
    RETURNING d.event_id
"""
HIDING = text(HIDE.format(all_restricted=ALL_RESTRICTED, of_restricted=OF_RESTRICTED))

_FIRST = FIRST_OF_SUBJECT.format(subject="due.subject_id")
CLAIMING = text(CLAIM.format(due=_LONGEST_DUE.format(most=480), first=_FIRST))
HOLDING_BACK = text(HOLD_BACK.format(due=_LONGEST_DUE.format(most=1000), first=_FIRST))

AS_IT_IS = text("""
    SELECT version, ended_at IS NULL AND paused_at IS NULL AS goes_on FROM subscription WHERE id = :subscription
""")

RELEASE = text("""
    UPDATE delivery SET claimed_until = NULL
    WHERE authority_id = :authority AND subscription_id = :subscription AND state = 'waiting'
      AND (event_id, claimed_until) IN (
          SELECT * FROM unnest(CAST(:events AS uuid[]), CAST(:claims AS timestamptz[])))
""")


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery to be sent before `until`; `body` is the envelope's stored text. `previous_secret` signs beside
    `secret` until `previous_until` (UTC). All this is as it was in this `version` of the subscription."""

    event_id: UUID
    attempts: int
    url: str
    secret: str = field(repr=False)
    body: str
    until: datetime
    version: int
    previous_secret: str | None = field(default=None, repr=False)
    previous_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attempt, which has its `id` from the first, so that it is recorded once however often that is
    tried. It began at `attempted_at` and lasted for `milliseconds`; `status` is that of the HTTP answer, if there was
    one, which may ask for no other attempt before `not_before`; `first_bytes` is how the answer's body began, which no
    subscriber is shown. Instants are in UTC."""

    claim: Claimed
    outcome: Outcome
    attempted_at: datetime
    milliseconds: int
    status: int | None = None
    not_before: datetime | None = None
    first_bytes: str | None = None
    id: UUID = field(default_factory=new_id)


async def subscriptions_due(session: AsyncSession, authority: str, now: datetime) -> list[UUID]:
    """Subscriptions for which something may be sent now."""
    return list(await session.scalars(DUE, {"authority": authority, "now": now}))


async def are_of_today(session: AsyncSession, subscription: UUID, claims: Iterable[Claimed]) -> bool:
    """Whether the subscription still goes on as it did when these were claimed: to the same address, with the same
    secret."""
    now = (await session.execute(AS_IT_IS, {"subscription": subscription})).one()
    return bool(now.goes_on) and all(each.version == now.version for each in claims)


async def claim(
    session: AsyncSession, authority: str, subscription: UUID, limit: int, now: datetime, until: datetime
) -> list[Claimed]:
    """Take up to `limit` deliveries; they are the taker's until the lease runs out, at `until`."""
    mine = {"authority": authority, "subscription": subscription, "now": now}
    claimed: list[Claimed] = []
    for _ in range(STRETCHES):
        wanted = mine | {"limit": limit - len(claimed), "until": until}
        rows = await session.execute(CLAIMING, wanted)
        found = [Claimed(until=until, **row._mapping) for row in rows]
        hidden = await _hide(session, mine, found)
        claimed += [each for each in found if each.event_id not in hidden]
        if len(claimed) == limit or not (hidden or await session.scalar(HOLDING_BACK, mine)):
            break
    return claimed


async def _hide(session: AsyncSession, mine: dict[str, Any], found: list[Claimed]) -> set[UUID]:
    if not found:
        return set()
    asked = mine | {"events": [each.event_id for each in found]}
    return set(await session.scalars(HIDING, asked))


async def release(
    session: AsyncSession, authority: str, subscription: UUID, claims: Iterable[Claimed]
) -> None:
    """Give back what was claimed and not begun."""
    values = {"events": [each.event_id for each in claims], "claims": [each.until for each in claims]}
    await session.execute(RELEASE, {"authority": authority, "subscription": subscription} | values)
