"""What each service may do to each table. Kept by hand: a change here is a decision about a wall."""

GRANTS: dict[str, dict[str, str]] = {
    "allocation": {
        "auditor": "SELECT",
        "reviews": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT (authority_id, id, child_id, care_period_id, officer, allocated_at, ended_at, "
        "withdrawn_at, role)",
    },
    "audit": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "authority": {"auditor": "SELECT", "escalation": "SELECT", "reviews": "SELECT", "scheduler": "SELECT"},
    "breach": {
        "auditor": "SELECT",
        "escalation": "SELECT, UPDATE (withdrawn_at, withdrawn_because)",
        "reviews": "SELECT, UPDATE (withdrawn_at, withdrawn_because)",
        "scheduler": "SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_because)",
    },
    "bulk_import": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "bulk_import_row": {
        "auditor": "SELECT",
        "reviews": "SELECT, INSERT, UPDATE (turn, body, outcome, code, pointer, message, accepted_before)",
    },
    "calendar_day": {
        "auditor": "SELECT",
        "escalation": "SELECT",
        "reviews": "SELECT",
        "scheduler": "SELECT, INSERT, UPDATE",
    },
    "calendar_link": {
        "auditor": "SELECT (authority_id, id, worker_id, created_at, created_by, revoked_at, revoked_by)",
        "reviews": "SELECT, INSERT, UPDATE (revoked_at, revoked_by)",
    },
    "cafcass_bundle": {"auditor": "SELECT", "escalation": "SELECT, INSERT"},
    "cafcass_child": {"auditor": "SELECT", "escalation": "SELECT, INSERT, UPDATE, DELETE"},
    "cafcass_referral": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE (state, advice_sought_on, legal_advice_on, advice, breach, remedy, "
        "impact, timetable, approval_asked_by, approved_by, referred_by, outcome, approved_at, referred_at, "
        "closed_at, version)",
    },
    "cafcass_step": {"auditor": "SELECT", "escalation": "SELECT, INSERT"},
    "care_period": {
        "auditor": "SELECT",
        "escalation": "SELECT (authority_id, id, reference, child_id, started_on, ended_on, end_reason, withdrawn_at)",
        "reviews": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT (authority_id, id, ended_on, withdrawn_at)",
    },
    "checklist": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "checklist_answer": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "checklist_version": {"auditor": "SELECT", "reviews": "SELECT, INSERT"},
    "care_planning_meeting": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "child": {
        "auditor": "SELECT",
        "escalation": "SELECT (authority_id, id, reference, family, team, restricted, restricted_to, "
        "merged_into_id)",
        "reviews": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT (authority_id, id, team, restricted, restricted_to, merged_into_id)",
    },
    "child_merge": {"auditor": "SELECT", "reviews": "SELECT, INSERT"},
    "clock_confirmation": {"auditor": "SELECT", "scheduler": "SELECT, INSERT"},
    "conference": {
        "auditor": "SELECT",
        "escalation": "SELECT (authority_id, id, reference)",
        "reviews": "SELECT, INSERT, UPDATE",
    },
    "conference_child": {
        "auditor": "SELECT",
        "escalation": "SELECT (authority_id, conference_id, child_id)",
        "reviews": "SELECT, INSERT, UPDATE",
    },
    "consumer": {
        "auditor": "SELECT",
        "scheduler": "SELECT, INSERT, UPDATE (position, said_at, said_by), DELETE",
    },
    "core_group": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "conflict": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "deadline": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE",
        "reviews": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT, INSERT, UPDATE",
    },
    "deadline_revision": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT",
        "reviews": "SELECT, INSERT",
        "scheduler": "SELECT, INSERT",
    },
    "delivery": {
        "auditor": "SELECT",
        "scheduler": "SELECT, INSERT, UPDATE (state, attempts, next_attempt_at, claimed_until)",
    },
    "delivery_attempt": {"auditor": "SELECT", "scheduler": "SELECT, INSERT"},
    "digest": {"auditor": "SELECT", "scheduler": "SELECT, INSERT, UPDATE"},
    "dip_sample": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "dip_sample_child": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "episode": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "escalation": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE (child_id, kind, state, concern, raised_by, raised_at, outcome, "
        "resolved_at, version, first_child_id, ladder, stage, stage_id, team, severity, asked_for, needed_on, "
        "arises_from, arises_from_id, raised_as, formal_at, settled_at, closed_at, plan_changed)",
        "reviews": "SELECT (authority_id, id, child_id, kind, state, timescale, raised_at, resolved_at)",
        "scheduler": "SELECT (authority_id, id, state, raised_by, stage_id, team)",
    },
    "escalation_child": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE, DELETE",
        "reviews": "SELECT",
        "scheduler": "SELECT (authority_id, escalation_id, child_id)",
    },
    "escalation_note": {"escalation": "SELECT, INSERT"},
    "escalation_promise": {"auditor": "SELECT", "escalation": "SELECT, INSERT, UPDATE"},
    "escalation_response": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT (authority_id, id, escalation_id, stage_id, state, sent_at)",
    },
    "escalation_stage": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE (answered_at, decided_at, accepted_at, closed_at)",
    },
    "escalation_step": {"auditor": "SELECT", "escalation": "SELECT, INSERT"},
    "escalation_theme": {"auditor": "SELECT", "escalation": "SELECT, INSERT, UPDATE"},
    "exemption": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "fact": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE (child_id, withdrawn_at, withdrawn_because)",
        "reviews": "SELECT, INSERT, UPDATE (child_id, withdrawn_at, withdrawn_because)",
        "scheduler": "SELECT",
    },
    "feed_cursor": {"auditor": "SELECT", "escalation": "SELECT, INSERT, UPDATE"},
    "feed_head": {"auditor": "SELECT", "escalation": "SELECT", "scheduler": "SELECT, INSERT, UPDATE"},
    "heartbeat": {
        "auditor": "SELECT",
        "escalation": "SELECT",
        "reviews": "SELECT",
        "scheduler": "SELECT, INSERT, UPDATE, DELETE",
    },
    "history": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE (child_id, law)",
        "reviews": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT, UPDATE (law)",
    },
    "history_record": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "idempotency_key": {
        "escalation": "SELECT, INSERT, UPDATE (status, headers, body), DELETE",
        "reviews": "SELECT, INSERT, UPDATE (status, headers, body), DELETE",
        "scheduler": "SELECT, INSERT, UPDATE (status, headers, body), DELETE",
    },
    "legal_status": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "midpoint_check": {
        "auditor": "SELECT",
        "escalation": "SELECT (authority_id, id, reference, child_id, completed_on, finding, withdrawn_at, "
        "status, planned_on, drifted, done)",
        "reviews": "SELECT, INSERT, UPDATE",
    },
    "milestone": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "mirror_cursor": {
        "auditor": "SELECT",
        "scheduler": "SELECT, INSERT, UPDATE (position, surplus, incarnation, holder, held_until)",
    },
    "outbox_event": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT",
        "reviews": "SELECT (authority_id, id), INSERT",
        "scheduler": "SELECT, INSERT, UPDATE (position, team, officer, restricted)",
    },
    "placement": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "practice_observation": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "replay": {"auditor": "SELECT", "scheduler": "SELECT, INSERT, UPDATE (reached, events, finished_at)"},
    "reported_fact": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "review": {
        "auditor": "SELECT",
        "escalation": "SELECT (authority_id, id, reference, child_id, status, scheduled_on, held_on, participation, "
        "cancelled_on, withdrawn_at, postponed_from, decisions_issued_on, decisions_answered_on, record_completed_on, "
        "record_distributed_on, postponed_reason, decisions_answer, cancelled_reason)",
        "reviews": "SELECT, INSERT, UPDATE",
    },
    "review_decision": {
        "auditor": "SELECT",
        "escalation": "SELECT (authority_id, id, withdrawn_at, child_id, review_id, what, owner, due_on, state, "
        "started_on, done_on, dropped_because)",
        "reviews": "SELECT, INSERT, UPDATE",
    },
    "pre_proceedings": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "protection_plan": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "strategy_discussion": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "subscription": {
        "auditor": "SELECT (authority_id, id, url, types, created_at, created_by, ended_at, ended_because, teams, "
        "officers, scheme, public_key, previous_until, paused_at, paused_by, failing_since, warned_percent, "
        "acknowledged_position, acknowledged_at, acknowledged_by, version, told_after, hears_restricted, tried_at)",
        "scheduler": "SELECT, INSERT, UPDATE (url, types, secret, ended_at, ended_because, teams, officers, scheme, "
        "public_key, previous_secret, previous_until, paused_at, paused_by, failing_since, warned_percent, "
        "acknowledged_position, acknowledged_at, acknowledged_by, version, told_after, tried_at)",
    },
    "subscription_step": {"auditor": "SELECT", "scheduler": "SELECT, INSERT"},
    "survey": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "tombstone": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE (source_order)"},
    "supervision": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "worker": {
        "auditor": "SELECT",
        "reviews": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT (authority_id, id, reference, withdrawn_at, role, team, started_on, left_on, subject, "
        "email, digest)",
    },
    "visit": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
}
