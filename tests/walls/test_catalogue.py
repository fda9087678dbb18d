"""What the database's own catalogue says of tables, keys, roles and grants."""

import re

from tests.walls.grants import GRANTS

SERVICES = ("duecare_auditor", "duecare_escalation", "duecare_reviews", "duecare_scheduler")
TABLES = """
    SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity,
           (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
"""
INDEXES = """
    SELECT i.relname, x.indisprimary, (SELECT attname FROM pg_attribute WHERE attrelid = x.indrelid
           AND attnum = x.indkey[0]) AS first
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> 'alembic_version'
"""


async def owner_rows(town, sql, **values):
    return await town.rows(sql, role=None, **values)


async def test_every_table_is_confined_also_for_its_owner_and_has_a_policy(town):
    tables = await owner_rows(town, TABLES)
    assert len(tables) >= 15
    for table in tables:
        assert table.relrowsecurity and table.relforcerowsecurity and table.policies >= 1, table.relname


async def test_every_policy_but_the_list_of_authorities_checks_the_authority_both_ways(town):
    policies = await owner_rows(
        town, "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
    )
    for policy in policies:
        if policy.tablename == "authority":
            continue
        if policy.permissive == "RESTRICTIVE":  # takes away, and gives nobody anything
            assert (policy.roles, policy.with_check is None) == ("{duecare_escalation}", False), policy
            continue
        assert (policy.permissive, policy.roles, policy.cmd) == ("PERMISSIVE", "{public}", "ALL"), policy
        for side in (policy.qual, policy.with_check):
            assert re.fullmatch(
                r"\(*authority_id = \( SELECT current_setting\('duecare.authority'::text, true\) AS current_setting\)\)"
                r"( AND \(service = CURRENT_USER\)\))?",
                side,
            )


async def test_every_key_and_every_index_begins_with_the_authority(town):
    for index in await owner_rows(town, INDEXES):
        assert index.first == "authority_id", index.relname


async def test_every_table_has_a_primary_key_and_an_authority_that_must_be_there(town):
    missing = await owner_rows(
        town,
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' "
        "AND c.relname <> 'alembic_version' AND NOT (EXISTS (SELECT 1 FROM pg_index x WHERE x.indrelid = c.oid "
        "AND x.indisprimary) AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid "
        "AND a.attname = 'authority_id' AND a.attnotnull))",
    )
    assert missing == []


async def test_no_service_role_has_a_power_of_its_own(town):
    roles = await owner_rows(
        town,
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolinherit "
        "FROM pg_roles WHERE rolname LIKE 'duecare%' ORDER BY rolname",
    )
    assert [tuple(role) for role in roles] == [(name, *[False] * 6) for name in SERVICES]
    memberships = await owner_rows(
        town,
        "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname LIKE 'duecare%'",
    )
    owned = await owner_rows(
        town,
        "SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname LIKE 'duecare%'",
    )
    assert memberships == owned == []


async def test_nobody_else_may_make_or_use_anything(town):
    public = await owner_rows(
        town,
        "SELECT has_schema_privilege(r, 'public', 'CREATE') FROM unnest(CAST(:roles AS text[])) r",
        roles=list(SERVICES),
    )
    assert {row[0] for row in public} == {False}
    functions = await owner_rows(
        town, "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    )
    views = await owner_rows(
        town,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')",
    )
    assert functions == views == []


async def granted(town) -> dict[str, dict[str, str]]:
    """What the services may do to each table: whole-table rights, and columns where only some are granted."""
    found: dict[str, dict[str, str]] = {}
    rows = await owner_rows(
        town,
        """
        SELECT c.relname, r.rolname, p.privilege, has_table_privilege(r.oid, c.oid, p.privilege) AS whole,
               CASE WHEN p.privilege IN ('SELECT', 'INSERT', 'UPDATE') THEN
               (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid
                AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(r.oid, c.oid, a.attnum, p.privilege))
               END AS columns
        FROM pg_class c, pg_roles r, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES',
             'TRIGGER']) WITH ORDINALITY p(privilege, n)
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND r.rolname LIKE 'duecare%'
        ORDER BY c.relname, r.rolname, p.n
        """,
    )
    for row in rows:
        words = row.privilege if row.whole else f"{row.privilege} ({row.columns})" if row.columns else None
        if words:
            mine = found.setdefault(row.relname, {})
            name = row.rolname.removeprefix("duecare_")
            mine[name] = f"{mine[name]}, {words}" if name in mine else words
    return found


async def test_the_grants_are_these_and_no_others(town):
    assert await granted(town) == GRANTS
