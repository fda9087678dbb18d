"""What must be true after any fault, read from the tables and from what the receivers got. (Exact dates, I7, are
proved in tests/timescales and tests/simulation; the time a recovery may take, I10, is each test's own.)"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.scheduler.subscriptions.wanted import WANTED
from shared.clock import Clock, SystemClock
from tests.scheduler.receiver import Receiver
from tests.town import Town

SETTLED_WITHIN = 10.0  # seconds

# Each finds what must not be there.
NEVER = {
    "I1 a broken promise without a breach": """
        SELECT d.id FROM deadline d
        WHERE d.passing = 'breach' AND d.due_at <= :now AND d.outcome IN ('open', 'met_late', 'ended_unmet')
          AND NOT EXISTS (SELECT FROM breach b
                          WHERE b.deadline_id = d.id AND b.version = d.version AND b.withdrawn_at IS NULL)""",
    "I2 a breach before its time": "SELECT deadline_id FROM breach WHERE recorded_at < due_at",
    "I2 a breach of nothing": """
        SELECT b.deadline_id FROM breach b
        WHERE NOT EXISTS (SELECT FROM deadline d WHERE d.id = b.deadline_id AND d.version >= b.version)""",
    "I2 an attempt at nothing": """
        SELECT a.id FROM delivery_attempt a
        WHERE NOT EXISTS (SELECT FROM delivery d
                          WHERE d.event_id = a.event_id AND d.subscription_id = a.subscription_id)""",
    "I3 two breaches of one promise": """
        SELECT deadline_id FROM breach GROUP BY deadline_id, version HAVING count(*) > 1""",
    "I3 two events of one breach": """
        SELECT subject_id FROM outbox_event WHERE type = 'deadline.breached'
        GROUP BY subject_id, envelope -> 'data' ->> 'version' HAVING count(*) > 1""",
    "I4 a breach without its event, or an event without its breach": """
        SELECT b.deadline_id, e.subject_id FROM breach b
        FULL JOIN (SELECT subject_id, CAST(envelope -> 'data' ->> 'version' AS int) AS version
                   FROM outbox_event WHERE type = 'deadline.breached') e
               ON e.subject_id = b.deadline_id AND e.version = b.version
        WHERE b.deadline_id IS NULL OR e.subject_id IS NULL""",
    "I5 an event that was not handed out": f"""
        SELECT e.id FROM outbox_event e JOIN subscription s ON s.id = ANY (CAST(:active AS uuid[]))
        WHERE NOT e.historic AND e.position > s.told_after AND {WANTED}
          AND NOT EXISTS (SELECT FROM delivery d WHERE d.event_id = e.id AND d.subscription_id = s.id)""",
    "I5 a success that no attempt had, or that had no attempt": """
        SELECT d.event_id FROM delivery d
        WHERE (d.state = 'delivered') <> EXISTS (
            SELECT FROM delivery_attempt a WHERE a.event_id = d.event_id
               AND a.subscription_id = d.subscription_id AND a.status BETWEEN 200 AND 299)""",
    "I6 a gap in the feed": """
        SELECT position FROM (SELECT position, row_number() OVER (ORDER BY position) AS n
                              FROM outbox_event WHERE position IS NOT NULL) AS o WHERE position <> n""",
    "I6 a head that is not the last": """
        SELECT position FROM feed_head
        WHERE position <> (SELECT coalesce(max(position), 0) FROM outbox_event)""",
}

# These may be so for a moment.
SOON_OVER = {
    "I8 an alarm that nobody hears": "SELECT id FROM deadline WHERE next_alarm_at <= :now",
    "I8 an event without a place": "SELECT id FROM outbox_event WHERE position IS NULL",
    "I8 a stale claim": "SELECT event_id FROM delivery WHERE state = 'waiting' AND claimed_until < :now",
    "I8 a delivery that is left lying": """
        SELECT event_id FROM delivery JOIN subscription s ON s.id = subscription_id
        WHERE state = 'waiting' AND next_attempt_at <= :now AND s.ended_at IS NULL AND s.paused_at IS NULL""",
}

HELD = text("""
    SELECT a.pid, a.application_name, a.state, left(a.query, 80) AS query FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
      AND (a.state LIKE 'idle in transaction%' OR EXISTS (
          SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory'))
""")


async def assert_invariants(
    town: Town, receivers: Mapping[str, Receiver] | None = None, clock: Clock | None = None
) -> None:
    """Fails, naming the invariant, unless all hold. `receivers` are those of subscriptions that are not ended, by the
    subscription's id. `clock` is the one that the schedulers went by; by default the machine's."""
    values = {"now": (clock or SystemClock()).now(), "active": [UUID(each) for each in receivers or {}]}
    left = await _settled(town, values)
    assert left == {}
    broken = await _found(town, NEVER, values)
    assert broken == {}
    for subscription, receiver in (receivers or {}).items():
        await _assert_arrived(town, subscription, receiver)


def assert_honest(statuses: Iterable[int | None]) -> None:
    """I9: what a client may see while something fails: success, 503, or no answer at all (None)."""
    seen = Counter(statuses)
    assert set(seen) <= {None, 200, 201, 204, 503}, seen


async def _settled(town: Town, values: dict[str, Any]) -> dict[str, Any]:
    """What is still not over when it should be."""
    give_up = time.monotonic() + SETTLED_WITHIN
    while found := await _found(town, SOON_OVER, values) | await _held(town):
        if time.monotonic() > give_up:
            break
        await asyncio.sleep(0.1)
    return found


async def _held(town: Town) -> dict[str, Any]:
    async with town.owner.connect() as connection:
        rows = (await connection.execute(HELD)).all()
    return {"I8 a transaction left open, or a lock held": rows} if rows else {}


async def _found(town: Town, questions: Mapping[str, str], values: dict[str, Any]) -> dict[str, Any]:
    answers = {
        what: await town.rows(sql, "duecare_scheduler", **_asked(sql, values))
        for what, sql in questions.items()
    }
    return {what: len(rows) for what, rows in answers.items() if rows}


def _asked(sql: str, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f":{name}" in sql.replace("::", "")}


async def _assert_arrived(town: Town, subscription: str, receiver: Receiver) -> None:
    """I5, by what the receiver holds: everything that is called delivered came, as it stands in the feed, and nothing
    else did."""
    rows = await town.rows(
        "SELECT CAST(e.id AS text), CAST(e.envelope AS text) AS body, d.state FROM delivery d "
        "JOIN outbox_event e ON e.id = d.event_id WHERE d.subscription_id = :subscription",
        "duecare_scheduler",
        subscription=UUID(subscription),
    )
    bodies = {row.id: row.body.encode() for row in rows}
    assert {row.id for row in rows if row.state == "delivered"} <= set(receiver.ids), (
        "I5 called delivered, never arrived"
    )
    assert set(receiver.ids) <= set(bodies), "I2 a webhook that nobody was to get"
    assert all(hook.body == bodies[hook.id] for hook in receiver.hooks), "I5 other bytes under the same id"
