"""A council with enough on record that the planner has to choose: written by SQL, with another council beside it."""

from sqlalchemy import text

from tests.town import Town

CHILDREN, OFFICERS, PER_CHILD, OTHERS = 2_000, 25, 12, 200

CHILD = """
    INSERT INTO child (authority_id, id, reference, version, team)
    SELECT :a, gen_random_uuid(), 'C-' || n, 1, 'team-' || n % 50 FROM generate_series(1, :children) n
"""
CARE = """
    INSERT INTO care_period (authority_id, id, reference, version, child_id, started_on, source)
    SELECT :a, gen_random_uuid(), 'P-' || c.reference, 1, c.id, DATE '2025-01-06', 'case_system'
    FROM child c WHERE c.authority_id = :a
"""
ALLOCATION = """
    INSERT INTO allocation (authority_id, id, reference, version, child_id, care_period_id, officer, allocated_at)
    SELECT :a, gen_random_uuid(), 'A-' || p.reference, 1, p.child_id, p.id,
           'iro-' || row_number() OVER (ORDER BY p.id) % :officers, TIMESTAMPTZ '2025-01-06 10:00Z'
    FROM care_period p WHERE p.authority_id = :a
"""
HISTORY = """
    INSERT INTO history (authority_id, id, kind, child_id)
    SELECT :a, p.id, 'care_period', p.child_id FROM care_period p WHERE p.authority_id = :a
"""
FACT = """
    INSERT INTO fact (authority_id, id, history_id, child_id, kind, record_id, happened_on, codes, recorded_at)
    SELECT :a, gen_random_uuid(), h.id, h.child_id, 'visit.made', gen_random_uuid(), DATE '2025-01-06' + n * 14, '{}',
           TIMESTAMPTZ '2026-11-01 12:00Z'
    FROM history h CROSS JOIN generate_series(1, :each) n WHERE h.authority_id = :a
"""
REVIEW = """
    INSERT INTO review (authority_id, id, reference, version, child_id, care_period_id, status, held_on, source)
    SELECT :a, gen_random_uuid(), 'R-' || p.reference || '-' || n, 1, p.child_id, p.id, 'held',
           DATE '2025-02-03' + n * 90, 'case_system'
    FROM care_period p CROSS JOIN generate_series(1, 6) n WHERE p.authority_id = :a
"""
# A third of the deadlines run; their dates lie evenly over a year, half of which has gone by.
DEADLINE = """
    INSERT INTO deadline (authority_id, id, history_id, child_id, timescale, anchor_id, version, revision, starts_on,
                          due_on, due_at, provisional, outcome, closed_on, reason, historic, changed_at, alarms,
                          passing)
    SELECT :a, gen_random_uuid(), h.id, h.child_id, 'timescale-' || n % 20, gen_random_uuid(), 1, 1,
           due.on_day - 28, due.on_day, (due.on_day + 1)::timestamp AT TIME ZONE 'Europe/London', false,
           CASE WHEN n % 3 = 0 THEN 'open' ELSE 'met' END, CASE WHEN n % 3 > 0 THEN due.on_day END,
           '["Day 0 is a day like any other.", "Within 28 days."]', false, TIMESTAMPTZ '2026-11-01 12:00Z', '{}',
           CASE WHEN n % 4 = 0 THEN 'mark' ELSE 'breach' END
    FROM (SELECT *, row_number() OVER () AS number FROM history WHERE authority_id = :a) h
    CROSS JOIN generate_series(1, :each) n
    CROSS JOIN LATERAL (SELECT DATE '2026-05-25' + CAST((h.number * 7 + n * 31) % 364 AS int) AS on_day) due
"""
BREACH = """
    INSERT INTO breach (authority_id, deadline_id, version, due_at, recorded_at, historic)
    SELECT :a, d.id, 1, d.due_at, d.due_at, false FROM deadline d
    WHERE d.authority_id = :a AND d.due_at < TIMESTAMPTZ '2026-11-01 12:00Z'
"""
REVISION = """
    INSERT INTO deadline_revision (authority_id, deadline_id, revision, version, starts_on, due_on, due_at, provisional,
                                   outcome, reason, changed_at, superseded_at, superseded_because)
    SELECT :a, d.id, 1, 1, d.starts_on, d.due_on, d.due_at, false, 'open', d.reason, d.changed_at, d.changed_at, 'facts'
    FROM deadline d WHERE d.authority_id = :a AND d.outcome = 'met'
"""
EXEMPTION = """
    INSERT INTO exemption (authority_id, id, reference, version, deadline_id, history_id, child_id, timescale,
                           anchor_id, kind, granted_on, granted_at, because, approved_by)
    SELECT :a, gen_random_uuid(), 'X-' || d.id, 1, d.id, d.history_id, d.child_id, d.timescale, d.anchor_id, 'waiver',
           d.starts_on, d.changed_at, 'x', 'x'
    FROM deadline d WHERE d.authority_id = :a AND d.timescale = 'timescale-1'
"""
ESCALATION = """
    INSERT INTO escalation (authority_id, id, child_id, kind, state, theme, raised_by, raised_at, version)
    SELECT :a, gen_random_uuid(), c.id, 'informal_resolution', 'open', 'x', 'x', TIMESTAMPTZ '2026-11-01 12:00Z', 1
    FROM child c CROSS JOIN generate_series(1, 3) WHERE c.authority_id = :a
"""
ABOUT = """
    INSERT INTO escalation_child (authority_id, escalation_id, child_id)
    SELECT :a, e.id, e.child_id FROM escalation e WHERE e.authority_id = :a
"""
TABLES = (
    CHILD,
    CARE,
    ALLOCATION,
    HISTORY,
    FACT,
    REVIEW,
    DEADLINE,
    BREACH,
    REVISION,
    EXEMPTION,
    ESCALATION,
    ABOUT,
)


async def crowd(town: Town, children: int = CHILDREN) -> None:
    """Put so many children on record, with all that is told and owed of each."""
    values = {"a": town.authority, "children": children, "officers": OFFICERS, "each": PER_CHILD}
    async with town.owner.begin() as connection:
        confine = text("SELECT set_config('duecare.authority', :a, true)")
        await connection.execute(confine, {"a": town.authority})
        for sql in TABLES:
            wanted = {name: value for name, value in values.items() if f":{name}" in sql}
            await connection.execute(text(sql), wanted)


async def tidy(town: Town) -> None:
    """The planner gets its figures."""
    async with town.owner.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM (ANALYZE)"))
