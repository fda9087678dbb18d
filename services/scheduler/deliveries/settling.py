"""Records what came of attempts, and all that follows from it, in one transaction."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.scheduler.deliveries.claims import FIRST_OF_SUBJECT, Result
from services.scheduler.deliveries.failing import PATIENCE, Tried
from services.scheduler.deliveries.models import Outcome, State
from services.scheduler.deliveries.retry import after_attempt
from services.scheduler.deliveries.warnings import note
from services.scheduler.subscriptions.actions import end_subscription
from services.scheduler.subscriptions.models import Subscription
from services.scheduler.subscriptions.queries import find_subscription, lock_subscription
from shared.events.models import OutboxEvent
from shared.events.operator_events import (
    DeliveryDied,
    SubscriptionEnded,
    SubscriptionFailing,
    SubscriptionPinged,
)
from shared.events.outbox import publish

# Of their deaths nobody is told: two dead addresses would tell of each other for ever.
TOLD_TO_OPERATORS = {
    each.type for each in (DeliveryDied, SubscriptionEnded, SubscriptionFailing, SubscriptionPinged)
}

# Found by their key as the first of what comes from there on: a planner who knows little of the subscription would
# otherwise go through all that waits for it.
_OF_EVENT = """
    SELECT ctid AS place, subscription_id, event_id FROM delivery
    WHERE authority_id = :authority AND (subscription_id, event_id) >= (CAST(:subscription AS uuid), r.event_id)
    ORDER BY subscription_id, event_id LIMIT 1
"""

# Every attempt is written down. Whoever does so locks its delivery, all in one order: no two then wait for each other.
RECORD = """
    INSERT INTO delivery_attempt
        (authority_id, id, subscription_id, event_id, attempted_at, outcome, status, milliseconds, first_bytes)
    SELECT :authority, r.id, CAST(:subscription AS uuid), r.event_id, r.attempted_at, r.outcome, r.status,
           r.milliseconds, r.first_bytes
    FROM (
        SELECT * FROM unnest(
            CAST(:ids AS uuid[]), CAST(:events AS uuid[]), CAST(:attempted AS timestamptz[]),
            CAST(:outcomes AS text[]), CAST(:statuses AS int[]), CAST(:milliseconds AS int[]),
            CAST(:beginnings AS text[]))
            AS r(id, event_id, attempted_at, outcome, status, milliseconds, first_bytes)
        ORDER BY event_id) AS r
    CROSS JOIN LATERAL ({of_event} FOR NO KEY UPDATE) AS d
    WHERE d.subscription_id = :subscription AND d.event_id = r.event_id
    ON CONFLICT DO NOTHING
"""
RECORDING = text(RECORD.format(of_event=_OF_EVENT))

# Whoever's claim has run out may be late: only a success then still counts. A place that is found now stays, as the
# statement before has locked it.
SETTLE = """
    WITH result AS MATERIALIZED (
        SELECT d.place, r.* FROM unnest(
            CAST(:events AS uuid[]), CAST(:claims AS timestamptz[]), CAST(:states AS text[]),
            CAST(:attempts AS int[]), CAST(:nexts AS timestamptz[]))
            AS r(event_id, claimed_until, state, attempts, next_at)
        CROSS JOIN LATERAL ({of_event}) AS d
        WHERE d.subscription_id = :subscription AND d.event_id = r.event_id
    )
    UPDATE delivery d
    SET state = r.state, attempts = r.attempts, next_attempt_at = r.next_at, claimed_until = NULL
    FROM result r
    WHERE d.authority_id = :authority AND d.ctid = r.place
      AND d.state = 'waiting' AND (d.claimed_until = r.claimed_until OR r.state = 'delivered')
    RETURNING d.event_id, d.subject_id, d.position, d.state
"""
SETTLING = text(SETTLE.format(of_event=_OF_EVENT))

# What was held back behind these is next. The state is spelt so that no index of what waits seems to fit: a planner who
# knows nothing yet would go through all that waits.
WAKE = """
    UPDATE delivery d SET next_attempt_at = :now
    WHERE d.authority_id = :authority AND d.subscription_id = :subscription
      AND d.event_id = ANY(ARRAY(
          SELECT first.event_id FROM unnest(CAST(:subjects AS uuid[])) AS settled(subject_id)
          CROSS JOIN LATERAL ({first}) AS first
          WHERE first.subject_id = settled.subject_id))
      AND coalesce(d.state, '') = 'waiting' AND d.attempts = 0 AND d.next_attempt_at > :now
      AND d.claimed_until IS NULL
"""
WAKING = text(WAKE.format(first=FIRST_OF_SUBJECT.format(subject="settled.subject_id")))


@dataclass(frozen=True, slots=True)
class Settling:
    """The results of one subscription's attempts, recorded at `now` (UTC) in the open transaction."""

    session: AsyncSession
    authority: str
    subscription: UUID
    now: datetime
    chance: random.Random
    patience: timedelta = PATIENCE

    async def settle(self, results: list[Result]) -> None:
        """Write down each attempt and what follows from it: another one, a dead letter, a warning, an end."""
        if not results:
            return
        tried = [
            Tried(each.attempted_at, each.outcome is Outcome.DELIVERED)
            for each in results
            if each.outcome is not Outcome.FAULT  # which says nothing of the receiver
        ]
        locked = await self._locked(tried)
        mine = {"authority": self.authority, "subscription": self.subscription}
        told = mine | _told(results) | _following(results, self.now, self.chance)
        await self.session.execute(RECORDING, told)
        settled = (await self.session.execute(SETTLING, told)).all()
        subjects = sorted({row.subject_id for row in settled if row.state != State.WAITING})
        if subjects:
            await self.session.execute(WAKING, mine | {"subjects": subjects, "now": self.now})
        await self._tell_of_deaths([row for row in settled if row.state == State.DEAD])
        if locked is not None:
            await note(self.session, locked, tried, self.now, self.patience)
            # A 410 is the word of the address that it came from, which may be one of the past.
            if any(each.outcome is Outcome.GONE and each.claim.url == locked.url for each in results):
                await end_subscription(self.session, self.authority, self.subscription, "gone", self.now)

    async def _locked(self, tried: list[Tried]) -> Subscription | None:
        """The subscription's row, where these attempts change it: locked before any delivery, as who ends it does."""
        mine = self.session, self.authority, self.subscription
        if all(each.arrived for each in tried) and (await find_subscription(*mine)).failing_since is None:
            return None
        return await lock_subscription(*mine)

    async def _tell_of_deaths(self, dead: list[Row[Any]]) -> None:
        if not dead:
            return
        of = select(OutboxEvent.id, OutboxEvent.type).filter_by(authority_id=self.authority)
        found = await self.session.execute(of.where(OutboxEvent.id.in_([row.event_id for row in dead])))
        types = {row.id: row.type for row in found}
        died = [
            DeliveryDied(self.subscription, None, row.event_id, row.position, self.now)
            for row in dead
            if types[row.event_id] not in TOLD_TO_OPERATORS
        ]
        await publish(self.session, self.authority, died, self.now)


def _told(results: list[Result]) -> dict[str, list[Any]]:
    return {
        "ids": [each.id for each in results],
        "events": [each.claim.event_id for each in results],
        "attempted": [each.attempted_at for each in results],
        "outcomes": [each.outcome.value for each in results],
        "statuses": [each.status for each in results],
        "milliseconds": [each.milliseconds for each in results],
        "beginnings": [each.first_bytes for each in results],
        "claims": [each.claim.until for each in results],
    }


def _following(results: list[Result], now: datetime, chance: random.Random) -> dict[str, list[Any]]:
    # What is our own fault leaves the receiver all its attempts.
    attempts = [each.claim.attempts + (each.outcome is not Outcome.FAULT) for each in results]
    following = [
        after_attempt(each.outcome, made, now, chance, each.not_before)
        for each, made in zip(results, attempts, strict=True)
    ]
    return {
        "attempts": attempts,
        "states": [each.state.value for each in following],
        "nexts": [each.at for each in following],
    }
