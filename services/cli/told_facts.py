"""What each record tells, in plain SQL: one SELECT for each kind of fact, counted against the facts that stand."""

# Each gives record_id, kind, history_id, happened_on and happened_at, and leaves out what was withdrawn.
_SELECTS = (
    """
    SELECT id AS record_id, 'care_period.started' AS kind, id AS history_id, started_on AS happened_on,
    NULL::timestamptz AS happened_at FROM care_period WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, 'care_period.ended', id, ended_on, NULL
    FROM care_period WHERE authority_id = :authority AND withdrawn_at IS NULL AND ended_on IS NOT NULL
    """,
    """
    SELECT id, 'iro_service.notified', id, (iro_notified_at AT TIME ZONE 'Europe/London')::date,
    iro_notified_at
    FROM care_period WHERE authority_id = :authority AND withdrawn_at IS NULL AND iro_notified_at IS NOT NULL
    """,
    """
    SELECT id, 'review.held', care_period_id, held_on, NULL
    FROM review WHERE authority_id = :authority AND withdrawn_at IS NULL AND held_on IS NOT NULL
    """,
    """
    SELECT id, 'review.scheduled', care_period_id, scheduled_on, NULL
    FROM review WHERE authority_id = :authority AND withdrawn_at IS NULL AND scheduled_on IS NOT NULL
    AND (status <> 'cancelled' OR cancelled_on IS NOT NULL)
    """,
    """
    SELECT id, 'review.cancelled', care_period_id, cancelled_on, NULL
    FROM review WHERE authority_id = :authority AND withdrawn_at IS NULL AND cancelled_on IS NOT NULL
    """,
    """
    SELECT c.id, 'child.born', h.id, c.date_of_birth, NULL
    FROM child c JOIN history h ON h.authority_id = :authority AND h.child_id = c.id
    WHERE c.authority_id = :authority AND h.kind IN ('care_period', 'protection')
    AND c.date_of_birth IS NOT NULL AND c.withdrawn_at IS NULL
    """,
    """
    SELECT record_id, kind, history_id, happened_on, happened_at
    FROM reported_fact WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, CASE kind WHEN 'pause' THEN 'pause.granted' ELSE 'exemption.granted' END, history_id,
    granted_on, granted_at
    FROM exemption WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, 'iro.allocated', care_period_id, (allocated_at AT TIME ZONE 'Europe/London')::date,
    allocated_at
    FROM allocation WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, CASE WHEN care_period_id IS NULL THEN 'chair_midpoint_check.completed'
    ELSE 'midpoint_check.completed' END, coalesce(care_period_id, protection_id), completed_on, NULL
    FROM midpoint_check WHERE authority_id = :authority AND withdrawn_at IS NULL AND completed_on IS NOT NULL
    """,
    """
    SELECT id, 'care_plan.completed', care_period_id, plan_completed_on, NULL
    FROM care_planning_meeting
    WHERE authority_id = :authority AND withdrawn_at IS NULL AND plan_completed_on IS NOT NULL
    """,
    """
    SELECT id, 'care_plan.updated', care_period_id, plan_updated_on, NULL
    FROM care_planning_meeting
    WHERE authority_id = :authority AND withdrawn_at IS NULL AND plan_updated_on IS NOT NULL
    """,
    """
    SELECT id, 'visit.made', history_id, visited_on, NULL
    FROM visit WHERE authority_id = :authority AND withdrawn_at IS NULL
    AND role = 'social_worker' AND kind = 'visit'
    """,
    """
    SELECT id, CASE kind WHEN 'health_assessment' THEN 'health_assessment.completed'
    WHEN 'education_plan' THEN 'pep.completed' WHEN 'care_plan' THEN 'care_plan.completed'
    WHEN 'care_plan_update' THEN 'care_plan.updated' WHEN 'pathway_plan' THEN 'pathway_plan.completed'
    WHEN 'pathway_needs_assessment' THEN 'pathway_needs.assessed' ELSE 'pathway_plan.reviewed' END,
    history_id, completed_on, NULL
    FROM milestone WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
)
TOLD = " UNION ALL ".join(_SELECTS)
