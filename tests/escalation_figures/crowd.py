"""A council with nine years of alerts, of which a few are open: written by SQL, so that the planner has to choose."""

from sqlalchemy import text

from tests.due.crowd import CHILD
from tests.town import Town

CHILDREN, ALERTS, OTHERS, OPEN = 500, 8_000, 500, 120

# One every ten hours; the latest are open.
ESCALATION = """
    INSERT INTO escalation (authority_id, id, child_id, kind, state, theme, team, severity, raised_as, ladder, stage,
                            stage_id, raised_by, raised_at, formal_at, settled_at, closed_at, resolved_at,
                            outcome, plan_changed, version)
    SELECT :a, gen_random_uuid(), c.id, 'practice_alert', CASE WHEN n <= :open THEN 'open' ELSE 'resolved' END,
           'theme-' || n % 12, 'team-' || n % 20, 'high', 'iro', 'sefton-2021', 'practice_alert', gen_random_uuid(),
           'iro-' || n % 25, at, at, ended, ended, ended,
           CASE WHEN n > :open THEN 'x' END, CASE WHEN n > :open THEN 'yes' END, 1
    FROM generate_series(1, :alerts) n
    CROSS JOIN LATERAL (SELECT TIMESTAMPTZ '2026-11-20 12:00Z' - n * INTERVAL '10 hours' AS at) began
    CROSS JOIN LATERAL (SELECT CASE WHEN n > :open THEN at + INTERVAL '9 days' END AS ended) closing
    JOIN (SELECT id, row_number() OVER () AS number FROM child WHERE authority_id = :a) c
        ON c.number = n % :children + 1
"""
OF_CHILD = """
    INSERT INTO escalation_child (authority_id, escalation_id, child_id)
    SELECT :a, id, child_id FROM escalation WHERE authority_id = :a
"""
STAGE = """
    INSERT INTO escalation_stage (authority_id, id, escalation_id, number, ladder, stage, formal, why, opened_at,
                                  answered_at, closed_at)
    SELECT :a, stage_id, id, 1, ladder, stage, true, 'raised', raised_at, raised_at + INTERVAL '3 days', closed_at
    FROM escalation WHERE authority_id = :a
"""
STEP = """
    INSERT INTO escalation_step (authority_id, id, escalation_id, version, verb, taken_by, taken_at, from_state,
                                 to_state)
    SELECT :a, gen_random_uuid(), id, n, CASE n WHEN 3 THEN 'move' ELSE 'raise' END, 'x', raised_at, NULL, 'open'
    FROM escalation CROSS JOIN generate_series(1, 3) n WHERE authority_id = :a
"""
PROMISE = """
    INSERT INTO escalation_promise (authority_id, id, escalation_id, response_id, action, due_on, promised_at, state,
                                    done_on, version)
    SELECT :a, gen_random_uuid(), id, gen_random_uuid(), 'x', CAST(raised_at AS date) + 7, raised_at, 'done',
           CAST(raised_at AS date) + 6, 2
    FROM escalation WHERE authority_id = :a
"""
HISTORY = """
    INSERT INTO history (authority_id, id, kind, child_id)
    SELECT :a, id, 'escalation', child_id FROM escalation WHERE authority_id = :a
"""
DEADLINE = """
    INSERT INTO deadline (authority_id, id, history_id, child_id, timescale, anchor_id, version, revision, starts_on,
                          due_on, due_at, provisional, outcome, closed_on, reason, historic, changed_at, alarms,
                          passing)
    SELECT :a, gen_random_uuid(), e.id, e.child_id, t.code, t.anchor, 1, 1, CAST(raised_at AS date),
           CAST(raised_at AS date) + 8, raised_at + INTERVAL '8 days', false,
           CASE WHEN closed_at IS NULL THEN 'open' ELSE 'met' END, CAST(closed_at AS date), '["x"]', false, raised_at,
           '{}', 'breach'
    FROM escalation e CROSS JOIN LATERAL (VALUES
        ('alert-sefton-2021-practice-alert', e.stage_id), ('alert-formal', e.id), ('alert-needed-by', e.id)
    ) t (code, anchor)
    WHERE e.authority_id = :a
"""
BREACH = """
    INSERT INTO breach (authority_id, deadline_id, version, due_at, recorded_at, historic)
    SELECT :a, id, 1, due_at, due_at, false FROM deadline WHERE authority_id = :a AND due_at < '2026-11-23 12:00Z'
"""
SUGGESTION = """
    INSERT INTO escalation (authority_id, id, child_id, kind, state, theme, suggested_at, deadline_id, deadline_version,
                            timescale, due_on, reason, version)
    SELECT :a, gen_random_uuid(), child_id, 'informal_resolution', 'dismissed', 'deadline_breached', due_at, id, 1,
           timescale, due_on, 'x', 1
    FROM deadline WHERE authority_id = :a AND timescale = 'alert-needed-by'
"""
TABLES = (CHILD, ESCALATION, OF_CHILD, STAGE, STEP, PROMISE, HISTORY, DEADLINE, BREACH, SUGGESTION)


async def crowd(town: Town, alerts: int = ALERTS) -> None:
    """Put so many alerts on record, with all that is told and owed of each."""
    values = {"a": town.authority, "children": CHILDREN, "alerts": alerts, "open": OPEN}
    async with town.owner.begin() as connection:
        confine = text("SELECT set_config('duecare.authority', :a, true)")
        await connection.execute(confine, {"a": town.authority})
        await connection.execute(text("SET LOCAL statement_timeout = '2min'"))
        for sql in TABLES:
            wanted = {name: value for name, value in values.items() if f":{name}" in sql}
            await connection.execute(text(sql), wanted)
