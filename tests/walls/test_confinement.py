"""The wall inside the database: what each service's role sees and changes, by plain SQL."""

from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.db.engine import connect
from tests.walls.record import fill

ROLES = ("duecare_reviews", "duecare_escalation", "duecare_scheduler", "duecare_auditor")
READABLE = """
    SELECT c.relname, coalesce(
        (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND has_column_privilege(c.oid, a.attnum, 'SELECT')), '')
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND has_any_column_privilege(c.oid, 'SELECT') AND c.relname NOT IN ('authority', 'alembic_version')
"""


@asynccontextmanager
async def acting_as(town, role, authority=None):
    """A connection of this role, in the context of an authority or of none; nothing it does is kept."""
    engine = connect(town.database_url, role, name="tests", pool_size=1)
    async with engine.connect() as connection:
        if authority is not None:
            await connection.execute(
                text("SELECT set_config('duecare.authority', :a, true)"), {"a": authority}
            )
        yield connection
        await connection.rollback()
    await engine.dispose()


@pytest.mark.parametrize("role", ROLES)
async def test_without_its_authority_s_context_a_role_sees_no_row_and_no_error(town, role):
    await fill(town)
    for context in (None, "", "nobody", "%", "' OR true --", "\\", "E08000014,X"):
        async with acting_as(town, role, context) as connection:
            readable = (await connection.execute(text(READABLE))).all()
            assert len(readable) >= 5
            for table, columns in readable:
                assert (await connection.execute(text(f"SELECT {columns} FROM {table}"))).all() == [], table


async def test_with_its_own_context_a_role_sees_its_own_rows(town, neighbour):
    await fill(town)
    await fill(neighbour)
    async with acting_as(town, "duecare_auditor", town.authority) as connection:
        for table in (
            "child",
            "care_period",
            "allocation",
            "review",
            "midpoint_check",
            "care_planning_meeting",
            "visit",
            "milestone",
            "history_record",
            "reported_fact",
            "exemption",
            "strategy_discussion",
            "conference",
            "conference_child",
            "protection_plan",
            "core_group",
            "pre_proceedings",
            "fact",
            "deadline",
            "outbox_event",
        ):
            found = await connection.execute(text(f"SELECT DISTINCT authority_id FROM {table}"))
            assert found.all() == [(town.authority,)]


async def refused(connection, sql: str, **values) -> str:
    """The SQLSTATE with which the database refuses this."""
    with pytest.raises(DBAPIError) as caught:
        async with connection.begin_nested():
            await connection.execute(text(sql), values)
    return str(caught.value.orig.sqlstate)


DENIED = "42501"


async def test_a_service_cannot_write_into_another_authority(town, neighbour):
    await fill(town)
    insert = "INSERT INTO child (authority_id, id, reference, version) VALUES (:a, gen_random_uuid(), 'X', 1)"
    async with acting_as(town, "duecare_reviews", neighbour.authority) as connection:
        assert await refused(connection, insert, a=town.authority) == DENIED
        for sql in (
            "UPDATE child SET version = 9",
            "UPDATE fact SET withdrawn_at = now()",
            "UPDATE review SET version = 9",
        ):
            assert (await connection.execute(text(sql))).rowcount == 0
    async with acting_as(town, "duecare_reviews", town.authority) as connection:
        assert (
            await refused(connection, "UPDATE child SET authority_id = :a", a=neighbour.authority) == DENIED
        )
    async with acting_as(town, "duecare_reviews") as connection:
        assert await refused(connection, insert, a=town.authority) == DENIED


FORBIDDEN = (
    ("duecare_reviews", "INSERT INTO breach (authority_id) VALUES ('x')"),
    ("duecare_reviews", "UPDATE breach SET due_at = now()"),
    ("duecare_reviews", "SELECT 1 FROM subscription"),
    ("duecare_reviews", "INSERT INTO subscription (authority_id) VALUES ('x')"),
    ("duecare_reviews", "SELECT envelope FROM outbox_event"),
    ("duecare_reviews", "UPDATE outbox_event SET position = 1"),
    ("duecare_reviews", "UPDATE fact SET happened_on = now()"),
    ("duecare_reviews", "SELECT concern FROM escalation"),
    ("duecare_reviews", "SELECT outcome FROM escalation"),
    ("duecare_reviews", "SELECT reason, raised_by FROM escalation"),
    ("duecare_reviews", "SELECT 1 FROM escalation_step"),
    ("duecare_reviews", "UPDATE escalation SET state = 'resolved'"),
    ("duecare_reviews", "INSERT INTO calendar_day (authority_id) VALUES ('x')"),
    ("duecare_reviews", "UPDATE deadline_revision SET version = 1"),
    ("duecare_scheduler", "SELECT reference FROM child"),
    ("duecare_scheduler", "SELECT 1 FROM review"),
    ("duecare_scheduler", "SELECT iro_notified_at FROM care_period"),
    ("duecare_scheduler", "SELECT 1 FROM history_record"),
    ("duecare_scheduler", "SELECT 1 FROM reported_fact"),
    ("duecare_scheduler", "SELECT 1 FROM exemption"),
    ("duecare_scheduler", "UPDATE fact SET withdrawn_at = now()"),
    ("duecare_scheduler", "INSERT INTO fact (authority_id) VALUES ('x')"),
    ("duecare_scheduler", "UPDATE history SET kind = 'court'"),
    ("duecare_scheduler", "UPDATE breach SET due_at = now()"),
    ("duecare_scheduler", "UPDATE deadline_revision SET version = 1"),
    ("duecare_scheduler", "UPDATE outbox_event SET envelope = '{}'"),
    ("duecare_escalation", "SELECT display_name FROM child"),
    ("duecare_escalation", "SELECT date_of_birth FROM child"),
    ("duecare_escalation", "SELECT * FROM child"),
    ("duecare_escalation", "SELECT late_reason FROM review"),
    ("duecare_escalation", "SELECT officer FROM midpoint_check"),
    ("duecare_escalation", "SELECT iro_notified_at FROM care_period"),
    ("duecare_escalation", "SELECT carried_from_id FROM review_decision"),
    ("duecare_escalation", "UPDATE cafcass_bundle SET document = 'x'"),
    ("duecare_escalation", "UPDATE cafcass_step SET reason = 'x'"),
    ("duecare_escalation", "UPDATE cafcass_referral SET begun_by = 'x'"),
    ("duecare_escalation", "SELECT 1 FROM placement"),
    ("duecare_escalation", "SELECT * FROM review"),
    ("duecare_escalation", "UPDATE fact SET happened_on = now()"),
    ("duecare_escalation", "UPDATE history SET kind = 'court'"),
    ("duecare_escalation", "UPDATE deadline_revision SET version = 1"),
    ("duecare_escalation", "UPDATE escalation_note SET words = 'x'"),
    ("duecare_auditor", "SELECT 1 FROM escalation_note"),
    ("duecare_escalation", "SELECT 1 FROM exemption"),
    ("duecare_escalation", "INSERT INTO breach (authority_id) VALUES ('x')"),
    ("duecare_escalation", "UPDATE escalation_step SET reason = 'x'"),
    ("duecare_auditor", "UPDATE child SET version = 1"),
    ("duecare_auditor", "SELECT secret FROM subscription"),
)


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_cannot_touch_what_is_not_its_own(town, role):
    async with acting_as(town, role, town.authority) as connection:
        for forbidden in (sql for whose, sql in FORBIDDEN if whose == role):
            assert await refused(connection, forbidden) == DENIED, forbidden


async def test_escalation_api_writes_no_history_but_those_of_escalations(town):
    await fill(town)
    new = (
        "INSERT INTO fact (authority_id, id, history_id, kind, record_id, happened_on, codes, recorded_at) "
        "SELECT authority_id, gen_random_uuid(), id, 'review.held', gen_random_uuid(), now(), '{}', now() FROM history"
    )
    async with acting_as(town, "duecare_escalation", town.authority) as connection:
        assert await refused(connection, new) == DENIED
        for sql in (
            "UPDATE fact SET withdrawn_at = now()",
            "UPDATE history SET law = 'x'",
            "UPDATE deadline SET outcome = 'met'",
        ):
            assert (await connection.execute(text(sql))).rowcount == 0, sql


@pytest.mark.parametrize("role", ROLES)
async def test_nobody_deletes_what_happened(town, role):
    happened = (
        "fact outbox_event breach deadline deadline_revision child review history_record reported_fact "
        "exemption calendar_day escalation_step escalation_stage escalation_note authority"
    )
    async with acting_as(town, role, town.authority) as connection:
        for table in happened.split():
            assert await refused(connection, f"DELETE FROM {table}") == DENIED
            assert await refused(connection, f"TRUNCATE {table} CASCADE") == DENIED
            assert await refused(connection, f"DROP TABLE {table}") == DENIED
            assert await refused(connection, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY") == DENIED


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_cannot_become_more_than_it_is(town, role):
    async with acting_as(town, role) as connection:
        assert await refused(connection, "CREATE TABLE mine (id int)") == DENIED
        await connection.execute(text("RESET ROLE"))
        assert await connection.scalar(text("SELECT current_user")) == role
        await connection.execute(text("SET row_security = off"))
        assert (
            await refused(connection, "SELECT 1 FROM outbox_event WHERE id IS NULL AND authority_id = 'x'")
            == DENIED
        )


async def test_after_a_request_its_connection_knows_no_authority(town):
    await fill(town)
    engine = town.apps["reviews"].state.door.engine
    for _ in range(town.settings.pool_size):
        async with engine.connect() as connection:
            found = await connection.scalar(text("SELECT current_setting('duecare.authority', true)"))
            assert found in (None, "")
