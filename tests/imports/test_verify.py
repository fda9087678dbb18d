"""`duecare verify` finds each fault that is planted, and none where there is none."""

import pytest
from sqlalchemy import text

from services.scheduler.relay import relay
from shared.db.engine import connect
from tests.imports.returns import Council, Return


@pytest.fixture
async def sound(council: Council) -> Council:
    """A council with a promise kept, one broken and one running, all of it told in the feed."""
    said = Return().child("A").episode("01/02/2025", child="A").review("20/02/2025", child="A")
    said.child("B").episode("16/11/2026", child="B")
    await council.bring(said)
    engine = connect(council.town.database_url, "duecare_scheduler", name="tests", pool_size=1)
    await relay(engine, council.town.authority, council.town.clock.now())
    await engine.dispose()
    assert await council.faults() == {}
    return council


async def plant(council: Council, sql: str) -> None:
    """Change something as nobody may but the owner of the database."""
    async with council.town.owner.begin() as connection:
        await connection.execute(
            text("SELECT set_config('duecare.authority', :a, true)"), {"a": council.town.authority}
        )
        changed = await connection.execute(text(sql), {"a": council.town.authority})
        assert changed.rowcount >= 1


PLANTED = [
    ("DELETE FROM breach WHERE authority_id = :a", {"overdue_without_breach": 1, "events_without_breach": 1}),
    (
        "UPDATE breach SET withdrawn_at = recorded_at WHERE authority_id = :a",
        {"overdue_without_breach": 1},
    ),
    (
        "DELETE FROM outbox_event WHERE authority_id = :a AND type = 'deadline.breached'",
        {"breaches_without_event": 1, "gaps_in_feed": 1},
    ),
    (
        "DELETE FROM outbox_event WHERE authority_id = :a AND position = 2",
        {"gaps_in_feed": 1},
    ),
    (
        "UPDATE outbox_event SET position = position + 10 WHERE authority_id = :a AND position = 5",
        {"gaps_in_feed": None},
    ),
    ("UPDATE feed_head SET position = position + 1 WHERE authority_id = :a", {"gaps_in_feed": 1}),
    (
        "UPDATE deadline SET due_on = due_on + 1 WHERE authority_id = :a AND outcome = 'met'",
        {"deadlines_that_differ": 1},
    ),
    (
        "UPDATE deadline SET due_at = due_at + interval '1 hour' WHERE authority_id = :a AND outcome = 'met'",
        {"deadlines_that_differ": 1},
    ),
    (
        "UPDATE deadline SET closed_on = closed_on - 1 WHERE authority_id = :a AND outcome = 'met'",
        {"deadlines_that_differ": 1},
    ),
    (
        "UPDATE deadline SET closed_by = 'care_period.ended' WHERE authority_id = :a AND outcome = 'met'",
        {"deadlines_that_differ": 1},
    ),
    (
        "DELETE FROM deadline WHERE authority_id = :a AND outcome = 'met'",
        {"deadlines_that_differ": 1},
    ),
    (
        "UPDATE deadline SET outcome = 'met' WHERE authority_id = :a AND due_at > '2026-11-23'",
        {"deadlines_that_differ": 1},
    ),
    (
        "UPDATE deadline SET outcome = 'withdrawn' WHERE authority_id = :a AND timescale = 'lac-review-second'",
        {"deadlines_that_differ": 1, "breaches_without_cause": 1},
    ),
    (
        "UPDATE deadline SET timescale = 'lac-review-subsequent' WHERE authority_id = :a AND outcome = 'met'",
        {"deadlines_that_differ": 2},
    ),
    (
        """INSERT INTO breach (authority_id, deadline_id, version, due_at, recorded_at, historic)
           SELECT authority_id, id, version, due_at, due_at, false FROM deadline
           WHERE authority_id = :a AND outcome = 'met'""",
        {"breaches_without_event": 1, "breaches_without_cause": 1},
    ),
    (
        "UPDATE review SET held_on = held_on + 1 WHERE authority_id = :a",
        {"facts_that_disagree": 1},
    ),
    (
        "UPDATE care_period SET started_on = started_on - 1 WHERE authority_id = :a AND reference LIKE 'B%'",
        {"facts_that_disagree": 1},
    ),
    (
        """INSERT INTO allocation (authority_id, id, reference, version, child_id, care_period_id, officer,
                                   allocated_at)
           SELECT authority_id, id, 'X', 1, child_id, id, 'iro', '2026-11-17T09:00Z' FROM care_period
           WHERE authority_id = :a AND reference LIKE 'B%'""",
        {"facts_that_disagree": 1},
    ),
    (
        "UPDATE fact SET withdrawn_at = recorded_at WHERE authority_id = :a AND kind = 'review.held'",
        {"facts_that_disagree": 1, "deadlines_that_differ": 2},
    ),
    (
        "UPDATE fact SET happened_on = happened_on + 1 WHERE authority_id = :a AND kind = 'review.held'",
        {"facts_that_disagree": 1, "deadlines_that_differ": 2},
    ),
    (
        "UPDATE fact SET kind = 'nonsense' WHERE authority_id = :a AND kind = 'review.held'",
        {"facts_that_disagree": 2, "deadlines_that_differ": 2},
    ),
]


@pytest.mark.parametrize(("sql", "faults"), PLANTED)
async def test_a_planted_fault_is_found(sound: Council, sql: str, faults: dict[str, int | None]) -> None:
    await plant(sound, sql)
    found = await sound.faults()
    assert found.keys() == faults.keys()
    assert all(wanted in (None, found[fault]) for fault, wanted in faults.items())


async def test_a_fact_that_stands_twice_is_found(sound: Council) -> None:
    index = """CREATE UNIQUE INDEX fact_once_per_record ON fact (authority_id, record_id, kind, history_id)
               WHERE withdrawn_at IS NULL"""
    async with sound.town.owner.begin() as connection:
        await connection.execute(text("DROP INDEX fact_once_per_record"))
    try:
        await plant(
            sound,
            """INSERT INTO fact SELECT authority_id, gen_random_uuid(), history_id, child_id, kind, record_id,
               happened_on, happened_at, codes, recorded_at FROM fact
               WHERE authority_id = :a AND kind = 'review.held'""",
        )
        assert "duplicate_facts" in await sound.faults()
    finally:
        await plant(sound, "DELETE FROM fact WHERE authority_id = :a AND kind = 'review.held'")
        async with sound.town.owner.begin() as connection:
            await connection.execute(text(index))


async def test_a_deadline_that_has_just_fallen_due_unnoticed_is_found(sound: Council) -> None:
    sound.town.pass_time(days=30)
    assert await sound.faults() == {"overdue_without_breach": 1}
