"""Counting again, in plain SQL and by the engine from scratch, whether what is stored can be right.

It shares no code with what stores: a mistake there must not be repeated here.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.cli.told_facts import TOLD
from shared.deadlines.law import Law
from shared.timescales.calendar import ProclaimedDay
from shared.timescales.engine import deadlines
from shared.timescales.facts import Fact

# What each count is called in JSON and in words. Every one must be 0.
FAULTS = {
    "overdue_without_breach": "overdue deadlines without a breach",
    "breaches_without_event": "breaches without an event",
    "events_without_breach": "breach events without a breach",
    "breaches_without_cause": "standing breaches of a deadline that was kept, moved or withdrawn",
    "deadlines_that_differ": "deadlines that differ from their facts",
    "facts_that_disagree": "facts that disagree with their records",
    "duplicate_facts": "facts that stand twice",
    "escalations_without_clock": "open escalations without a running clock",
    "silence_without_breach": "stages unanswered past their time without a breach",
    "bundles_not_as_sent": "referrals that were sent without their bundle, or with one that was changed since",
    "gaps_in_feed": "gaps in the feed's positions",
    "events_not_handed_out": "events that a subscription wants and was never to be told of",
    "deliveries_that_disagree": "deliveries that are not as the attempts at them say",
}

COUNTS = {
    "overdue_without_breach": """
        SELECT count(*) FROM deadline d
        WHERE d.authority_id = :authority AND d.outcome IN ('open', 'met_late', 'ended_unmet')
          AND d.due_at <= :now AND d.passing = 'breach' AND NOT EXISTS (
            SELECT FROM breach b WHERE b.authority_id = :authority AND b.deadline_id = d.id
                                   AND b.version = d.version AND b.withdrawn_at IS NULL)
    """,
    "breaches_without_event": """
        SELECT count(*) FROM breach b
        WHERE b.authority_id = :authority AND NOT EXISTS (
            SELECT FROM outbox_event e
            WHERE e.authority_id = :authority AND e.type = 'deadline.breached' AND e.subject_id = b.deadline_id
              AND (e.envelope -> 'data' ->> 'version')::int = b.version)
    """,
    "events_without_breach": """
        SELECT count(*) FROM outbox_event e
        WHERE e.authority_id = :authority AND e.type = 'deadline.breached' AND NOT EXISTS (
            SELECT FROM breach b
            WHERE b.authority_id = :authority AND b.deadline_id = e.subject_id
              AND b.version = (e.envelope -> 'data' ->> 'version')::int)
    """,
    "breaches_without_cause": """
        SELECT count(*) FROM breach b
        WHERE b.authority_id = :authority AND b.withdrawn_at IS NULL AND NOT EXISTS (
            SELECT FROM deadline d
            WHERE d.authority_id = :authority AND d.id = b.deadline_id AND d.version = b.version
              AND d.due_at = b.due_at AND d.outcome IN ('open', 'met_late', 'ended_unmet') AND d.due_at <= :now
              AND d.passing = 'breach')
    """,
    "facts_that_disagree": """
        WITH told AS (
            :told:
        ), standing AS (
            SELECT record_id, kind, history_id, happened_on, happened_at
            FROM fact WHERE authority_id = :authority AND withdrawn_at IS NULL
        ), undone AS (  -- a return may show that a record kept is of nothing that happened
            SELECT record_id, kind
            FROM fact WHERE authority_id = :authority AND withdrawn_because = 'not_in_return'
        )
        SELECT count(DISTINCT (record_id, kind)) FROM told t FULL JOIN standing s
            USING (record_id, kind, history_id)
        WHERE (t.happened_on, t.happened_at) IS DISTINCT FROM (s.happened_on, s.happened_at)
          AND NOT (s.happened_on IS NULL AND (record_id, kind) IN (SELECT record_id, kind FROM undone))
    """.replace(":told:", TOLD),
    "duplicate_facts": """
        SELECT coalesce(sum(n - 1), 0) FROM (
            SELECT count(*) AS n FROM fact
            WHERE authority_id = :authority AND withdrawn_at IS NULL
            GROUP BY record_id, kind, history_id HAVING count(*) > 1) AS twice
    """,
    "escalations_without_clock": """
        SELECT count(*) FROM escalation e
        WHERE e.authority_id = :authority
          AND e.state IN ('open', 'answered', 'accepted', 'partly_accepted', 'rejected') AND NOT EXISTS (
            SELECT FROM deadline d
            WHERE d.authority_id = :authority AND d.history_id = e.id AND d.outcome = 'open')
    """,
    "silence_without_breach": """
        SELECT count(*) FROM escalation_stage s
        WHERE s.authority_id = :authority AND s.answered_at IS NULL AND s.closed_at IS NULL AND NOT EXISTS (
            SELECT FROM deadline d LEFT JOIN breach b ON b.authority_id = :authority AND b.deadline_id = d.id
                AND b.version = d.version AND b.withdrawn_at IS NULL
            WHERE d.authority_id = :authority AND d.anchor_id = s.id AND d.outcome <> 'withdrawn'
              AND (d.due_at > :now OR b.deadline_id IS NOT NULL))
    """,
    "bundles_not_as_sent": """
        SELECT count(*) FROM cafcass_referral r
        WHERE r.authority_id = :authority AND r.referred_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM cafcass_bundle b
            WHERE b.authority_id = :authority AND b.referral_id = r.id AND b.sent_at = r.referred_at
              AND b.document_sha256 = encode(sha256(convert_to(b.document, 'UTF8')), 'hex')
              AND b.page_sha256 = encode(sha256(convert_to(b.page, 'UTF8')), 'hex'))
    """,
    "gaps_in_feed": """
        SELECT coalesce(max(position), 0) - count(position) + CASE WHEN coalesce(max(position), 0)
            <> coalesce((SELECT position FROM feed_head WHERE authority_id = :authority), 0) THEN 1 ELSE 0 END
        FROM outbox_event WHERE authority_id = :authority
    """,
    "events_not_handed_out": """
        SELECT count(*) FROM subscription s JOIN outbox_event e ON e.authority_id = :authority
            AND e.position > s.told_after AND NOT e.historic
        WHERE s.authority_id = :authority AND s.ended_at IS NULL
          AND (e.type = 'subscription.pinged') = (e.subject_id = s.id)
          AND (e.subject_id = s.id OR (
            (s.types IS NULL OR s.types && ARRAY[e.type, regexp_replace(e.type, '[.].*', '.*')])
            AND (s.teams IS NULL OR coalesce(s.teams @> ARRAY[e.team], false))
            AND (s.officers IS NULL OR coalesce(s.officers @> ARRAY[e.officer], false))
            AND s.hears_restricted >= e.restricted))
          AND NOT EXISTS (
            SELECT FROM delivery d
            WHERE d.authority_id = :authority AND d.subscription_id = s.id AND d.event_id = e.id)
    """,
    # Where a delivery began anew there are more attempts than it counts.
    "deliveries_that_disagree": """
        WITH tried AS (
            SELECT subscription_id, event_id, count(*) AS times,
                   count(*) FILTER (WHERE outcome = 'delivered' AND status BETWEEN 200 AND 299) AS arrived
            FROM delivery_attempt WHERE authority_id = :authority GROUP BY 1, 2
        )
        SELECT count(*) FROM delivery d LEFT JOIN tried t USING (subscription_id, event_id)
        WHERE d.authority_id = :authority AND (
            d.attempts > coalesce(t.times, 0)
            OR d.state = 'dead' AND d.attempts = 0
            OR d.state = 'delivered' AND coalesce(t.arrived, 0) = 0
            OR d.state <> 'delivered' AND t.arrived > 0 AND d.attempts = t.times)
    """,
}

# Row by row is the wrong way to compare whole tables, and the planner may think otherwise before it has figures.
CONFINE = text(
    "SELECT set_config('duecare.authority', :authority, true), set_config('enable_nestloop', 'off', true)"
)

BATCH = 500  # histories held in memory at a time
HISTORIES = text("""
    SELECT id FROM history WHERE authority_id = :authority AND (CAST(:after AS uuid) IS NULL OR id > :after)
    ORDER BY id LIMIT :batch
""")
FACTS = text("""
    SELECT history_id, kind, record_id, happened_on, happened_at, codes
    FROM fact WHERE authority_id = :authority AND history_id = ANY(:histories) AND withdrawn_at IS NULL
""")
DAYS = text("""
    SELECT "on", name, announced_on, source, instead_of, known_from, withdrawn_on
    FROM calendar_day WHERE authority_id = :authority
""")
STORED = text("""
    SELECT history_id, timescale, anchor_id, law, due_on, due_at, outcome, closed_on, closed_by
    FROM deadline WHERE authority_id = :authority AND history_id = ANY(:histories) AND outcome <> 'withdrawn'
""")

Counts = dict[str, int]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Recount:
    """Recounts one authority as at `now` (UTC), in one unchanging view of the database."""

    engine: AsyncEngine
    law: Law
    now: datetime

    async def authorities(self) -> list[str]:
        """The councils of this database."""
        async with self.engine.connect() as connection:
            return list(await connection.scalars(text("SELECT authority_id FROM authority ORDER BY 1")))

    async def count(self, authority: str, progress: Progress | None = None) -> Counts:
        """How many there are of each kind of fault."""
        async with self.engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            await connection.execute(CONFINE, {"authority": authority})
            found = dict.fromkeys(FAULTS, 0)
            for fault, sql in COUNTS.items():
                bound = {"authority": authority} | ({"now": self.now} if ":now" in sql else {})
                found[fault] = int(await connection.scalar(text(sql), bound) or 0)
            found["deadlines_that_differ"] = await self._differing(connection, authority, progress)
            return found

    async def _differing(self, connection: AsyncConnection, authority: str, progress: Progress | None) -> int:
        whole = int(
            await connection.scalar(
                text("SELECT count(*) FROM history WHERE authority_id = :authority"), {"authority": authority}
            )
            or 0
        )
        days = [
            ProclaimedDay(**row._mapping) for row in await connection.execute(DAYS, {"authority": authority})
        ]
        law = replace(self.law, calendar=self.law.calendar.with_days(days))
        differing, done, after = 0, 0, None
        while True:
            page = {"authority": authority, "after": after, "batch": BATCH}
            histories = list(await connection.scalars(HISTORIES, page))
            if not histories:
                return differing
            differing += await self._differing_of(connection, authority, histories, law)
            after, done = histories[-1], done + len(histories)
            if progress is not None:
                progress(done, whole)

    async def _differing_of(
        self, connection: AsyncConnection, authority: str, histories: list[UUID], law: Law
    ) -> int:
        bound = {"authority": authority, "histories": histories}
        facts, stored = defaultdict(list), defaultdict(list)
        for fact in await connection.execute(FACTS, bound):
            facts[fact.history_id].append(fact)
        for row in await connection.execute(STORED, bound):
            stored[row.history_id].append(tuple(row[1:]))
        return sum(self._mistakes(facts[history], stored[history], law) for history in histories)

    def _mistakes(self, told: list[Row[Any]], stored: list[tuple[Any, ...]], law: Law) -> int:
        """Deadlines of one history that are missing, too many or not as the engine would have them.

        What was closed under an earlier wording of the law stands as it was decided then.
        """
        try:
            facts = [
                Fact(row.kind, row.record_id, row.happened_on, row.happened_at, row.codes) for row in told
            ]
        except ValueError:  # no fact of this kind can be: nothing worked out from it can be trusted
            return max(len(stored), 1)
        wanted = {
            (each.timescale, each.anchor): (
                each.due_on,
                each.due_at,
                each.outcome.value,
                each.closed_on,
                each.closed_by,
            )
            for each in deadlines(facts, law.catalogue, law.calendar)
        }
        kept = {(timescale, anchor): (rule, tuple(rest)) for timescale, anchor, rule, *rest in stored}
        wrong = 0
        for (timescale, anchor), (rule, rest) in kept.items():
            known = rule.startswith(f"{timescale}:") and rule != law.wording(timescale)
            decided = rest[2] != "open" and (
                known or rule == ""
            )  # none was kept with those of the first release
            wrong += wanted.get((timescale, anchor)) != rest and not decided
        return wrong + len(wanted.keys() - kept.keys()) + len(stored) - len(kept)
