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
    SELECT id, kind, history_id, day, NULL FROM (
        SELECT id, care_period_id AS history_id,
            unnest(ARRAY['review.invitations_sent', 'review.report_received', 'review.began', 'review.adjourned',
                'review.cancelled', 'review.decisions_issued', 'review.decisions_answered',
                'review.record_completed', 'review.record_distributed']) AS kind,
            unnest(ARRAY[invitations_sent_on, report_received_on, began_on, adjourned_on, cancelled_on,
                decisions_issued_on, decisions_answered_on, record_completed_on, record_distributed_on]) AS day
        FROM review WHERE authority_id = :authority AND withdrawn_at IS NULL
    ) AS dated WHERE day IS NOT NULL
    """,
    """
    SELECT c.id, 'child.born', h.id, coalesce(c.date_of_birth, c.expected_on), NULL
    FROM child c JOIN history h ON h.authority_id = :authority AND h.child_id = c.id
    WHERE c.authority_id = :authority AND h.kind IN ('care_period', 'protection')
    AND coalesce(c.date_of_birth, c.expected_on) IS NOT NULL AND c.withdrawn_at IS NULL
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
    FROM allocation WHERE authority_id = :authority AND withdrawn_at IS NULL AND role = 'iro'
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
    """
    SELECT id, 'placement.started', care_period_id, started_on, NULL
    FROM placement WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, 'placement.designated', care_period_id, designated_on, NULL
    FROM placement WHERE authority_id = :authority AND withdrawn_at IS NULL AND designated_on IS NOT NULL
    """,
    """
    SELECT id, 'placement.notified', care_period_id, notified_on, NULL
    FROM placement WHERE authority_id = :authority AND withdrawn_at IS NULL AND notified_on IS NOT NULL
    """,
    """
    SELECT id, 'placement_plan.completed', care_period_id, plan_completed_on, NULL
    FROM placement WHERE authority_id = :authority AND withdrawn_at IS NULL AND plan_completed_on IS NOT NULL
    """,
    """
    SELECT id, 'placement.ended', care_period_id, ended_on, NULL
    FROM placement WHERE authority_id = :authority AND withdrawn_at IS NULL AND ended_on IS NOT NULL
    """,
    """
    SELECT id, 'legal_status.changed', care_period_id, from_on, NULL
    FROM legal_status WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, 'strategy_discussion.decided', history_id, (decided_at AT TIME ZONE 'Europe/London')::date,
    decided_at
    FROM strategy_discussion WHERE authority_id = :authority AND withdrawn_at IS NULL AND decided_at IS NOT NULL
    """,
    """
    SELECT id, 'strategy_discussion.held', history_id, held_on, held_at
    FROM strategy_discussion WHERE authority_id = :authority AND withdrawn_at IS NULL AND held_on IS NOT NULL
    """,
    """
    SELECT id, kind, history_id, day, NULL FROM (
        SELECT c.id, p.history_id,
            unnest(ARRAY['conference.requested', 'transfer_in.notified', 'transfer_in.accepted',
                'conference.scheduled', 'conference.invitations_sent', 'conference.report_received',
                'conference.final_core_group_held', 'conference.held', 'conference.cancelled',
                'conference.decisions_sent', 'conference.minutes_sent']) AS kind,
            unnest(ARRAY[c.requested_on, c.notified_on, c.accepted_on, c.scheduled_on, c.invitations_sent_on,
                c.report_shared_on, c.final_core_group_on, c.held_on, c.cancelled_on, c.decisions_sent_on,
                c.minutes_sent_on]) AS day
        FROM conference c JOIN conference_child p ON p.conference_id = c.id
        WHERE c.authority_id = :authority AND p.authority_id = :authority
        AND c.withdrawn_at IS NULL AND p.removed_at IS NULL) AS dated WHERE day IS NOT NULL
    """,
    """
    SELECT id, 'plan.started', history_id, started_on, NULL
    FROM protection_plan WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, 'plan.ended', history_id, ended_on, NULL
    FROM protection_plan WHERE authority_id = :authority AND withdrawn_at IS NULL AND ended_on IS NOT NULL
    """,
    """
    SELECT id, 'core_group.held', history_id, held_on, NULL
    FROM core_group WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, kind, history_id, day, NULL FROM (
        SELECT id, history_id,
            unnest(ARRAY['pre_proceedings.started', 'pre_proceedings.ended', 'care_proceedings.issued',
                'care_proceedings.concluded']) AS kind,
            unnest(ARRAY[started_on, ended_on, issued_on, concluded_on]) AS day
        FROM pre_proceedings WHERE authority_id = :authority AND withdrawn_at IS NULL
    ) AS dated WHERE day IS NOT NULL
    """,
    """
    SELECT id, 'officer.started', id, started_on, NULL
    FROM worker WHERE authority_id = :authority AND withdrawn_at IS NULL AND role IN ('iro', 'cp_chair', 'cin_iro')
    """,
    """
    SELECT id, 'officer.left', id, left_on, NULL
    FROM worker WHERE authority_id = :authority AND withdrawn_at IS NULL AND role IN ('iro', 'cp_chair', 'cin_iro')
    AND left_on IS NOT NULL
    """,
    """
    SELECT id, 'supervision.held', worker_id, held_on, NULL
    FROM supervision WHERE authority_id = :authority AND withdrawn_at IS NULL AND kind = 'one_to_one'
    """,
    """
    SELECT id, 'practice_observation.made', worker_id, made_on, NULL
    FROM practice_observation WHERE authority_id = :authority AND withdrawn_at IS NULL
    """,
    """
    SELECT id, kind, escalation_id, (at AT TIME ZONE 'Europe/London')::date, at FROM (
        SELECT id, escalation_id,
            unnest(ARRAY['escalation.stage_opened', 'escalation.answered', 'escalation.decided',
                'escalation.accepted', 'escalation.stage_closed']) AS kind,
            unnest(ARRAY[opened_at, answered_at, decided_at, accepted_at, closed_at]) AS at
        FROM escalation_stage WHERE authority_id = :authority
    ) AS dated WHERE at IS NOT NULL
    """,
    """
    SELECT id, kind, id, (at AT TIME ZONE 'Europe/London')::date, at FROM (
        SELECT id, unnest(ARRAY['escalation.went_formal', 'escalation.settled', 'escalation.closed']) AS kind,
            unnest(ARRAY[formal_at, settled_at, closed_at]) AS at
        FROM escalation WHERE authority_id = :authority AND stage_id IS NOT NULL
    ) AS dated WHERE at IS NOT NULL
    """,
    """
    SELECT id, 'escalation.needed', id, needed_on, NULL
    FROM escalation WHERE authority_id = :authority AND stage_id IS NOT NULL AND needed_on IS NOT NULL
    """,
    """
    SELECT id, kind, escalation_id, day, NULL FROM (
        SELECT id, escalation_id,
            unnest(ARRAY['escalation.action_promised', 'escalation.action_done', 'escalation.action_dropped']) AS kind,
            unnest(ARRAY[due_on, done_on, dropped_on]) AS day
        FROM escalation_promise WHERE authority_id = :authority
    ) AS dated WHERE day IS NOT NULL
    """,
)
TOLD = " UNION ALL ".join(_SELECTS)
