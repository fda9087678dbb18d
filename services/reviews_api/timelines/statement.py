"""The statement that a child's timeline is read by."""

from sqlalchemy import text

# `moment`, then `recorded_at`, then `rank` are the order: facts before what follows from them. What is known to the
# day stands where London's day begins. Every part is found by the child; a deadline was first recorded with its first
# revision. A day's promise is broken as the day ends, and its breach is of that day; OFFSET 0 keeps the planner from
# reading all that a council ever missed.
TIMELINE = text("""
    SELECT * FROM (
        SELECT 'fact' AS what, f.kind, f.happened_at AS at, f.happened_on AS on_day,
               coalesce(f.happened_at, CAST(f.happened_on AS timestamp) AT TIME ZONE 'Europe/London') AS moment,
               f.recorded_at, 0 AS rank, f.id, f.history_id AS history, f.record_id AS record, f.withdrawn_at,
               NULL AS outcome, CAST(NULL AS date) AS due_on, CAST(NULL AS timestamptz) AS due_at, NULL AS timescale
        FROM fact f WHERE f.authority_id = :authority AND f.child_id = :child
        UNION ALL
        SELECT 'deadline_opened', d.timescale, d.starts_at, d.starts_on,
               coalesce(d.starts_at, CAST(d.starts_on AS timestamp) AT TIME ZONE 'Europe/London'),
               coalesce((SELECT r.changed_at FROM deadline_revision r WHERE r.authority_id = :authority
                         AND r.deadline_id = d.id AND r.revision = 1), d.changed_at),
               1, d.id, d.history_id, d.anchor_id, CASE WHEN d.outcome = 'withdrawn' THEN d.changed_at END,
               d.outcome, d.due_on, d.due_at, d.timescale
        FROM deadline d WHERE d.authority_id = :authority AND d.child_id = :child
        UNION ALL
        SELECT 'deadline_closed', d.timescale, NULL, coalesce(d.closed_on, d.due_on),
               coalesce(CAST(d.closed_on AS timestamp) AT TIME ZONE 'Europe/London', d.due_at), d.changed_at,
               2, d.id, d.history_id, d.anchor_id, NULL, d.outcome, d.due_on, d.due_at, d.timescale
        FROM deadline d
        WHERE d.authority_id = :authority AND d.child_id = :child AND d.outcome NOT IN ('open', 'withdrawn')
        UNION ALL
        SELECT 'escalation_raised', e.kind, e.raised_at, CAST(e.raised_at AT TIME ZONE 'Europe/London' AS date),
               e.raised_at, e.raised_at, 3, e.id, NULL, NULL, NULL, e.state, NULL, NULL, e.timescale
        FROM escalation_child a JOIN escalation e ON e.authority_id = :authority AND e.id = a.escalation_id
        WHERE a.authority_id = :authority AND a.child_id = :child AND e.raised_at IS NOT NULL
        UNION ALL
        SELECT 'escalation_resolved', e.kind, e.resolved_at,
               CAST(e.resolved_at AT TIME ZONE 'Europe/London' AS date),
               e.resolved_at, e.resolved_at, 4, e.id, NULL, NULL, NULL, e.state, NULL, NULL, e.timescale
        FROM escalation_child a JOIN escalation e ON e.authority_id = :authority AND e.id = a.escalation_id
        WHERE a.authority_id = :authority AND a.child_id = :child AND e.resolved_at IS NOT NULL
        UNION ALL
        SELECT 'deadline_breached', d.timescale, b.due_at,
               CAST((b.due_at - interval '1 microsecond') AT TIME ZONE 'Europe/London' AS date),
               b.due_at, b.recorded_at, 4 + b.version, d.id, d.history_id, d.anchor_id, b.withdrawn_at, d.outcome,
               d.due_on, b.due_at, d.timescale
        FROM deadline d CROSS JOIN LATERAL (
            SELECT * FROM breach WHERE breach.authority_id = :authority AND breach.deadline_id = d.id OFFSET 0
        ) b
        WHERE d.authority_id = :authority AND d.child_id = :child
    ) AS entry
    WHERE (moment, recorded_at, rank, id) > (:moment, :recorded_at, :rank, :id)
      AND (CAST(:kinds AS text[]) IS NULL OR what = ANY(:kinds) OR kind = ANY(:kinds))
    ORDER BY moment, recorded_at, rank, id LIMIT :limit
""")
