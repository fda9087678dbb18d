"""Takes deliveries to be sent, and records what came of them: both in short transactions, never while sending."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.deliveries.models import Outcome
from services.scheduler.deliveries.retry import after_attempt
from services.scheduler.subscriptions.actions import end_subscription
from shared.db.base import new_id

DUE = text("""
    SELECT s.id FROM subscription s
    WHERE s.authority_id = :authority AND s.ended_at IS NULL AND s.paused_at IS NULL AND EXISTS (
        SELECT FROM delivery d
        WHERE d.authority_id = :authority AND d.subscription_id = s.id AND d.state = 'waiting'
          AND d.next_attempt_at <= :now AND (d.claimed_until IS NULL OR d.claimed_until <= :now))
""")

# An event waits for the earlier ones about the same subject, so that one deadline's story arrives in order.
CLAIM = text("""
    WITH free AS (
        SELECT d.event_id FROM delivery d
        WHERE d.authority_id = :authority AND d.subscription_id = :subscription AND d.state = 'waiting'
          AND d.next_attempt_at <= :now AND (d.claimed_until IS NULL OR d.claimed_until <= :now)
          AND d.position = (
              SELECT min(first.position) FROM delivery first
              WHERE first.authority_id = :authority AND first.subscription_id = :subscription
                AND first.state = 'waiting' AND first.subject_id = d.subject_id)
        ORDER BY d.next_attempt_at, d.position
        LIMIT :limit
        FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery d SET claimed_until = :until
    FROM free
    JOIN outbox_event e ON e.authority_id = :authority AND e.id = free.event_id
    JOIN subscription s ON s.authority_id = :authority AND s.id = :subscription AND s.ended_at IS NULL
                       AND s.paused_at IS NULL
    WHERE d.authority_id = :authority AND d.subscription_id = :subscription AND d.event_id = free.event_id
    RETURNING d.event_id, d.attempts, s.url, s.secret, s.previous_secret, s.previous_until,
              CAST(e.envelope AS text) AS body
""")

# Every attempt is written down. Whoever's claim has run out may be late: only a success then still counts.
SETTLE = text("""
    WITH result AS (
        SELECT * FROM unnest(
            CAST(:ids AS uuid[]), CAST(:events AS uuid[]), CAST(:attempted AS timestamptz[]),
            CAST(:outcomes AS text[]), CAST(:statuses AS int[]), CAST(:milliseconds AS int[]),
            CAST(:claims AS timestamptz[]), CAST(:states AS text[]), CAST(:attempts AS int[]),
            CAST(:nexts AS timestamptz[]))
        AS r(id, event_id, attempted_at, outcome, status, milliseconds, claimed_until, state, attempts, next_at)
    ), attempt AS (
        INSERT INTO delivery_attempt
            (authority_id, id, subscription_id, event_id, attempted_at, outcome, status, milliseconds)
        SELECT :authority, id, CAST(:subscription AS uuid), event_id, attempted_at, outcome, status, milliseconds
        FROM result
    )
    UPDATE delivery d
    SET state = r.state, attempts = r.attempts, next_attempt_at = r.next_at, claimed_until = NULL
    FROM result r
    WHERE d.authority_id = :authority AND d.subscription_id = :subscription AND d.event_id = r.event_id
      AND d.state = 'waiting' AND (d.claimed_until = r.claimed_until OR r.state = 'delivered')
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
    `secret` until `previous_until` (UTC)."""

    event_id: UUID
    attempts: int
    url: str
    secret: str = field(repr=False)
    body: str
    until: datetime
    previous_secret: str | None = field(default=None, repr=False)
    previous_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attempt; `first_bytes` is how the answer's body began, which no subscriber is shown."""

    claim: Claimed
    outcome: Outcome
    attempted_at: datetime
    milliseconds: int
    status: int | None = None
    not_before: datetime | None = None
    first_bytes: str | None = None


async def subscriptions_due(session: AsyncSession, authority: str, now: datetime) -> list[UUID]:
    """Subscriptions for which something may be sent now."""
    return list(await session.scalars(DUE, {"authority": authority, "now": now}))


async def claim(
    session: AsyncSession, authority: str, subscription: UUID, limit: int, now: datetime, until: datetime
) -> list[Claimed]:
    """Take up to `limit` deliveries; they are the taker's until the lease runs out, at `until`."""
    mine = {"authority": authority, "subscription": subscription, "limit": limit, "now": now, "until": until}
    rows = await session.execute(CLAIM, mine)
    return [Claimed(until=until, **row._mapping) for row in rows]


async def settle(
    session: AsyncSession,
    authority: str,
    subscription: UUID,
    results: list[Result],
    now: datetime,
    chance: random.Random,
) -> None:
    """Write down each attempt and what follows from it. A 410 ends the subscription."""
    if not results:
        return
    mine = {"authority": authority, "subscription": subscription}
    await session.execute(SETTLE, mine | _told(results) | _following(results, now, chance))
    if any(each.outcome is Outcome.GONE for each in results):
        await end_subscription(session, authority, subscription, "gone", now)


async def release(
    session: AsyncSession, authority: str, subscription: UUID, claims: Iterable[Claimed]
) -> None:
    """Give back what was claimed and not begun."""
    values = {"events": [each.event_id for each in claims], "claims": [each.until for each in claims]}
    await session.execute(RELEASE, {"authority": authority, "subscription": subscription} | values)


def _told(results: list[Result]) -> dict[str, list[Any]]:
    return {
        "ids": [new_id() for _ in results],
        "events": [each.claim.event_id for each in results],
        "attempted": [each.attempted_at for each in results],
        "outcomes": [each.outcome.value for each in results],
        "statuses": [each.status for each in results],
        "milliseconds": [each.milliseconds for each in results],
        "claims": [each.claim.until for each in results],
    }


def _following(results: list[Result], now: datetime, chance: random.Random) -> dict[str, list[Any]]:
    following = [
        after_attempt(each.outcome, each.claim.attempts + 1, now, chance, each.not_before) for each in results
    ]
    return {
        "attempts": [each.claim.attempts + 1 for each in results],
        "states": [each.state.value for each in following],
        "nexts": [each.at for each in following],
    }
