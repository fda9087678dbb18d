"""The statements by which events get their places in the feed, and deliveries are handed out."""

from services.scheduler.subscriptions.wanted import OF_RESTRICTED, WANTED
from shared.auth.restricted import ALL_RESTRICTED

# Read without a lock: most of the time nothing waits. What is set is for this transaction. A writer that is stopped in
# the middle of it keeps the others waiting no longer than `idle`. Before the planner has figures of a council it would
# sort everything that waits, for each batch; the index has it in order.
STANDING = """
    SELECT (SELECT position FROM feed_head WHERE authority_id = :authority) AS head,
           EXISTS (SELECT FROM outbox_event WHERE authority_id = :authority AND position IS NULL) AS waiting,
           (SELECT count(*) FROM subscription WHERE authority_id = :authority AND ended_at IS NULL) AS listeners,
           set_config('idle_in_transaction_session_timeout', :idle, true),
           set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)
"""
# Whoever is writing at this moment is not waited for.
HEAD = """
    SELECT epoch, writer, held_until > clock_timestamp() AS held FROM feed_head
    WHERE authority_id = :authority FOR UPDATE SKIP LOCKED
"""
LET_GO = """
    UPDATE feed_head SET held_until = NULL
    WHERE authority_id = :authority AND epoch = :epoch AND writer = :writer
"""

# An event is of the team and the officer that its child has as it gets its place: the first child, of a meeting's;
# the reviewing officer, and where there is none, the chair or whoever else was allocated last; whose allocation has
# ended only where nobody else is, so that they also hear how it ended. An escalation is of the team that it is about,
# and what is told of an officer, of that officer. They are found one by one, by keys: a join is planned badly before
# there are figures. An event that is history reaches the feed, and no webhook. Nothing is written at all if another
# has taken the feed: the head's row is part of it.
GIVE_PLACES = """
    {all_restricted}, waiting AS MATERIALIZED (
        SELECT ctid AS place, restricted, row_number() OVER (ORDER BY seq) AS n, data ->> 'team' AS team,
               coalesce(child_id, CAST(data -> 'child_ids' ->> 0 AS uuid)) AS child_id,
               CASE WHEN type = 'caseload.reallocated' THEN data ->> 'officer' END AS officer,
               CASE WHEN type = 'worker.upserted' THEN subject_id
                    WHEN child_id IS NULL
                    THEN CAST(coalesce(data ->> 'history_id', data ->> 'worker_id') AS uuid) END AS worker_id
        FROM (SELECT ctid, seq, type, subject_id, child_id, envelope -> 'data' AS data,
                     {of_restricted} AS restricted
              FROM outbox_event
              WHERE authority_id = :authority AND position IS NULL ORDER BY seq LIMIT {batch}) AS w
    ), head AS (
        UPDATE feed_head
        SET position = position + (SELECT count(*) FROM waiting), epoch = :epoch, writer = :writer,
            held_until = clock_timestamp() + CAST(:lease AS interval)
        WHERE authority_id = :authority AND epoch = :believed
        RETURNING position - (SELECT count(*) FROM waiting) AS before
    ), placed AS (
        UPDATE outbox_event o
        SET position = head.before + w.n,
            team = coalesce(
                w.team,
                (SELECT team FROM child WHERE authority_id = :authority AND id = w.child_id),
                (SELECT team FROM worker WHERE authority_id = :authority AND id = w.worker_id)),
            officer = coalesce(
                (SELECT officer FROM allocation
                 WHERE authority_id = :authority AND child_id = w.child_id AND withdrawn_at IS NULL
                   AND allocated_at <= CAST(:now AS timestamptz)
                 ORDER BY (ended_at IS NULL OR ended_at > CAST(:now AS timestamptz)) DESC,
                          role = 'iro' DESC, allocated_at DESC, id DESC LIMIT 1),
                w.officer,
                (SELECT reference FROM worker WHERE authority_id = :authority AND id = w.worker_id)),
            restricted = w.restricted
        FROM waiting w, head
        WHERE o.authority_id = :authority AND o.ctid = w.place
        RETURNING o.id, o.position, o.type, o.subject_id, o.historic, o.team, o.officer,
                  o.restricted
    ), handed_out AS (
        INSERT INTO delivery
            (authority_id, subscription_id, event_id, position, subject_id, state, attempts, next_attempt_at)
        SELECT :authority, s.id, e.id, e.position, e.subject_id, 'waiting', 0, CAST(:now AS timestamptz)
        FROM placed e JOIN subscription s ON s.authority_id = :authority AND s.ended_at IS NULL AND {wanted}
        WHERE NOT e.historic
        ORDER BY e.position
    )
    SELECT count(*) AS placed, (SELECT before FROM head) AS before FROM placed
"""


def give_places(batch: int) -> str:
    """The statement for so many events at most: a number that the planner can see."""
    said = {"all_restricted": ALL_RESTRICTED, "of_restricted": OF_RESTRICTED, "wanted": WANTED}
    return GIVE_PLACES.format(batch=int(batch), **said)
