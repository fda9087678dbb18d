"""The two statements that an officer's day is read by. $1 is the authority."""

# $2 the officer, $3 now, $4 today in London. Of two allocations for one period, the later one.
HELD = """
    SELECT DISTINCT ON (p.id) p.id, p.reference AS care_period, c.id AS child_id, c.reference AS child,
           c.display_name, a.allocated_at
    FROM allocation a
    JOIN care_period p ON p.authority_id = $1 AND p.id = a.care_period_id
    JOIN child c ON c.authority_id = $1 AND c.id = p.child_id
    WHERE a.authority_id = $1 AND a.officer = $2 AND a.withdrawn_at IS NULL AND p.withdrawn_at IS NULL
      AND (a.ended_at IS NULL OR a.ended_at > $3) AND (p.ended_on IS NULL OR p.ended_on >= $4)
    ORDER BY p.id, a.allocated_at DESC
"""

# $2 the care periods, $3 their children, $4 now. A mark, or a date whose silence agrees, belongs to a day only until it
# has gone by. Only a promise that has passed can be breached, so only that is looked
# up, row by row and by its key: joined, a planner may read all that a council ever missed.
OPEN = """
    SELECT d.history_id, d.id, d.timescale, d.due_on, d.due_at, d.provisional, d.passing, d.reason::text,
           CASE WHEN d.due_at <= $4 AND d.passing = 'breach' THEN coalesce((
               SELECT true FROM breach b WHERE b.authority_id = $1 AND b.deadline_id = d.id
               AND b.version = d.version AND b.withdrawn_at IS NULL), false) ELSE false END AS breached,
           granted.kinds
    FROM deadline d
    LEFT JOIN (
        SELECT e.deadline_id, array_agg(e.kind ORDER BY e.granted_on, e.id) AS kinds
        FROM exemption e
        WHERE e.authority_id = $1 AND e.child_id = ANY($3) AND e.withdrawn_at IS NULL
        GROUP BY e.deadline_id
    ) granted ON granted.deadline_id = d.id
    WHERE d.authority_id = $1 AND d.history_id = ANY($2) AND d.outcome = 'open'
      AND (d.passing = 'breach' OR d.due_at > $4)
    ORDER BY d.due_at, d.timescale, d.id
"""
