"""The statement that an officer's calendar is read by."""

from shared.auth.allocated import allocated

# $1 authority, $2 the officer's reference, $3 now, $4 today in London, $5 and $6 the first and the last day, $7 the
# children who are hidden from the officer. What was cancelled is left out, which takes it from whoever subscribes.
_MINE = allocated(officer="$2", now="$3", today="$4", hidden="$7")
ENTRIES = f"""
    WITH mine AS MATERIALIZED ({_MINE}), theirs AS MATERIALIZED (
        SELECT h.id, h.child_id FROM mine JOIN history h ON h.authority_id = $1 AND h.child_id = mine.child_id
    ), met AS MATERIALIZED (
        SELECT c.* FROM (
            SELECT id FROM conference WHERE authority_id = $1 AND chair = $2
            UNION SELECT x.conference_id FROM theirs
            JOIN conference_child x ON x.authority_id = $1 AND x.history_id = theirs.id AND x.removed_at IS NULL) f
        JOIN conference c ON c.authority_id = $1 AND c.id = f.id
        WHERE c.withdrawn_at IS NULL AND c.status <> 'cancelled'
          AND coalesce(c.held_on, c.scheduled_on) BETWEEN $5 AND $6
    )
    SELECT 'review' AS kind, r.id, ARRAY[r.child_id] AS children, NULL AS code,
           coalesce(r.held_on, r.began_on, r.scheduled_on) AS on_day, NULL::timestamptz AS due_at, false AS provisional,
           r.version, NULL::timestamptz AS changed_at
    FROM mine JOIN review r ON r.authority_id = $1 AND r.child_id = mine.child_id
    WHERE r.withdrawn_at IS NULL AND r.status <> 'cancelled'
      AND coalesce(r.held_on, r.began_on, r.scheduled_on) BETWEEN $5 AND $6
    UNION ALL
    SELECT 'midpoint_check', k.id, ARRAY[k.child_id], NULL, coalesce(k.completed_on, k.planned_on), NULL, false,
           k.version, NULL
    FROM mine JOIN midpoint_check k ON k.authority_id = $1 AND k.child_id = mine.child_id
    WHERE k.withdrawn_at IS NULL AND k.status <> 'cancelled'
      AND coalesce(k.completed_on, k.planned_on) BETWEEN $5 AND $6
    UNION ALL
    SELECT 'conference', m.id, x.children, m.conference_type, coalesce(m.held_on, m.scheduled_on), NULL, false,
           m.version, NULL
    FROM met m CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT h.child_id ORDER BY h.child_id) AS children
        FROM conference_child c JOIN history h ON h.authority_id = $1 AND h.id = c.history_id
        WHERE c.authority_id = $1 AND c.conference_id = m.id AND c.removed_at IS NULL) x
    WHERE x.children IS NULL OR NOT x.children && CAST($7 AS uuid[])
    UNION ALL
    SELECT 'deadline', d.id, ARRAY[d.child_id], d.timescale, d.due_on, d.due_at, d.provisional, d.revision,
           d.changed_at
    FROM mine JOIN deadline d ON d.authority_id = $1 AND d.child_id = mine.child_id
    WHERE d.outcome = 'open' AND d.due_on BETWEEN $5 AND $6 AND (d.passing = 'breach' OR d.due_at > $3)
    ORDER BY on_day, kind, id
"""  # noqa: S608  no value stands in it, but numbers of values
