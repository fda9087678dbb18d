"""What each service may do to each table. Kept by hand: a change here is a decision about a wall."""

GRANTS: dict[str, dict[str, str]] = {
    "allocation": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "authority": {"auditor": "SELECT", "escalation": "SELECT", "reviews": "SELECT", "scheduler": "SELECT"},
    "breach": {
        "auditor": "SELECT",
        "reviews": "SELECT, UPDATE (withdrawn_at, withdrawn_because)",
        "scheduler": "SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_because)",
    },
    "calendar_day": {"auditor": "SELECT", "reviews": "SELECT", "scheduler": "SELECT, INSERT, UPDATE"},
    "care_period": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "care_planning_meeting": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "child": {
        "auditor": "SELECT",
        "escalation": "SELECT (authority_id, id, reference)",
        "reviews": "SELECT, INSERT, UPDATE",
    },
    "deadline": {
        "auditor": "SELECT",
        "reviews": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT, INSERT, UPDATE",
    },
    "deadline_revision": {
        "auditor": "SELECT",
        "reviews": "SELECT, INSERT",
        "scheduler": "SELECT, INSERT",
    },
    "delivery": {
        "auditor": "SELECT",
        "scheduler": "SELECT, INSERT, UPDATE (state, attempts, next_attempt_at, claimed_until)",
    },
    "delivery_attempt": {"auditor": "SELECT", "scheduler": "SELECT, INSERT"},
    "episode": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "escalation": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT, UPDATE (state, concern, raised_by, raised_at, outcome, "
        "resolved_at, version)",
    },
    "escalation_step": {"auditor": "SELECT", "escalation": "SELECT, INSERT"},
    "exemption": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "fact": {
        "auditor": "SELECT",
        "reviews": "SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_because)",
        "scheduler": "SELECT",
    },
    "feed_cursor": {"auditor": "SELECT", "escalation": "SELECT, INSERT, UPDATE"},
    "feed_head": {"auditor": "SELECT", "escalation": "SELECT", "scheduler": "SELECT, INSERT, UPDATE"},
    "history": {
        "auditor": "SELECT",
        "reviews": "SELECT, INSERT, UPDATE",
        "scheduler": "SELECT, UPDATE (law)",
    },
    "history_record": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "idempotency_key": {
        "escalation": "SELECT, INSERT, UPDATE (status, headers, body), DELETE",
        "reviews": "SELECT, INSERT, UPDATE (status, headers, body), DELETE",
        "scheduler": "SELECT, INSERT, UPDATE (status, headers, body), DELETE",
    },
    "midpoint_check": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "milestone": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "outbox_event": {
        "auditor": "SELECT",
        "escalation": "SELECT, INSERT",
        "reviews": "SELECT (authority_id, id), INSERT",
        "scheduler": "SELECT, INSERT, UPDATE (position)",
    },
    "reported_fact": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "review": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
    "subscription": {
        "auditor": "SELECT (authority_id, id, url, types, created_at, created_by, ended_at, ended_because)",
        "scheduler": "SELECT, INSERT, UPDATE (ended_at, ended_because)",
    },
    "visit": {"auditor": "SELECT", "reviews": "SELECT, INSERT, UPDATE"},
}
