"""What is due is found quickly, also by a planner who knows nothing of it yet."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.scheduler.deliveries.claims import CLAIMING, HOLDING_BACK
from services.scheduler.deliveries.settling import RECORDING, SETTLING, WAKING
from services.scheduler.reconciliation.queries import LAST_TOLD
from shared.db.session import authority_session
from tests.scheduler.bureau import Bureau
from tests.town import Town, held

WAITING = 400
SOME = 48


async def fill(bureau):
    """The id of a subscription for which so many deliveries wait."""
    subscription = await bureau.subscribe("http://127.0.0.1:9/hooks", "deadline.breached")
    await bureau.look_after(children=WAITING)
    await bureau.sweep()
    await bureau.relay()
    return subscription["id"]


@pytest.fixture
async def newcomer(bureau, database_url, clock, tmp_path_factory):
    """A council whose deliveries came after the planner last looked: of all that it saw, none waited."""
    await fill(bureau)
    await bureau.town.rows("UPDATE delivery SET state = 'delivered' RETURNING 1", "duecare_scheduler")
    async with held(database_url, None).begin() as connection:
        await connection.execute(text("ANALYZE delivery, outbox_event, subscription"))
    async with Town.founded(database_url, f"{bureau.town.authority}-2", clock, tmp_path_factory) as town:
        yield Bureau(town)


@pytest.mark.parametrize("statement", [CLAIMING, HOLDING_BACK], ids=["claiming", "holding back"])
async def test_nothing_is_looked_at_again_for_each_that_waits(newcomer, statement):
    asked = {"authority": newcomer.town.authority, "subscription": await fill(newcomer), "now": newcomer.now}
    asked |= {"limit": 96, "until": newcomer.now + timedelta(seconds=30)} if statement is CLAIMING else {}
    assert most_loops(await plan_of(newcomer, statement, asked)) <= WAITING


@pytest.fixture
async def first(real_database_url, clock, tmp_path_factory):
    """A council in a database whose planner has never looked."""
    async with Town.founded(real_database_url, f"First-{uuid4().hex[:8]}", clock, tmp_path_factory) as town:
        yield Bureau(town)


async def test_to_wake_what_was_held_back_nobody_goes_through_all_that_waits_for_each(first):
    asked = {"authority": first.town.authority, "subscription": await fill(first), "now": first.now}
    held_back = (
        "UPDATE delivery SET next_attempt_at = next_attempt_at + interval '1 hour' RETURNING subject_id"
    )
    rows = await first.town.rows(held_back, "duecare_scheduler")
    asked["subjects"] = [row.subject_id for row in rows]
    assert most_read(await plan_of(first, WAKING, asked)) <= 3 * WAITING


@pytest.mark.parametrize("statement", [RECORDING, SETTLING], ids=["recording", "settling"])
async def test_what_came_of_some_is_recorded_without_going_through_all_that_waits(first, statement):
    assert await read_to_record_some(first, statement) == SOME


@pytest.mark.parametrize("statement", [RECORDING, SETTLING], ids=["recording", "settling"])
async def test_nor_does_a_council_that_is_new_go_through_all_that_waits(newcomer, statement):
    assert await read_to_record_some(newcomer, statement) == SOME


async def read_to_record_some(bureau, statement):
    """How many rows are read to record that some of all that waits were delivered."""
    asked = {"authority": bureau.town.authority, "subscription": await fill(bureau)}
    taken = await bureau.town.rows(
        "UPDATE delivery SET claimed_until = next_attempt_at RETURNING event_id, claimed_until",
        "duecare_scheduler",
    )
    asked |= delivered_alike(bureau.now)
    asked |= {
        "ids": [uuid4() for _ in range(SOME)],
        "events": [row.event_id for row in taken[-SOME:]],
        "claims": [row.claimed_until for row in taken[-SOME:]],
    }
    plan = await plan_of(bureau, statement, asked)
    assert plan["Actual Rows"] == (SOME if statement is SETTLING else 0)
    return most_read(plan)


def delivered_alike(now):
    alike = {"attempted": now, "outcomes": "delivered", "statuses": 200, "milliseconds": 3, "beginnings": ""}
    alike |= {"states": "delivered", "attempts": 1, "nexts": now}
    return {name: [value] * SOME for name, value in alike.items()}


ONE = text("""
    SELECT FROM delivery WHERE authority_id = :authority AND subscription_id = :subscription AND event_id = :event
    FOR KEY SHARE
""")


async def test_an_attempt_s_delivery_is_found_by_its_key_where_the_planner_has_never_looked(first):
    assert await read_for_the_last_of_all_that_waits(first) == 1


async def test_an_attempt_s_delivery_is_found_by_its_key_for_a_council_that_is_new(newcomer):
    assert await read_for_the_last_of_all_that_waits(newcomer) == 1


async def read_for_the_last_of_all_that_waits(bureau):
    """How many rows are read to find one delivery, as PostgreSQL does for each attempt that is recorded."""
    asked = {"authority": bureau.town.authority, "subscription": await fill(bureau)}
    [row] = await bureau.town.rows(
        "SELECT event_id FROM delivery ORDER BY position DESC LIMIT 1", "duecare_scheduler"
    )
    return most_read(await plan_of(bureau, ONE, asked | {"event": row.event_id}))


async def test_the_last_that_a_subscription_was_told_is_found_as_the_last_by_position(first):
    asked = {"authority": first.town.authority, "subscription": await fill(first)}
    assert most_read(await plan_of(first, LAST_TOLD, asked)) == 1


async def plan_of(bureau, statement, asked):
    """How the statement was carried out."""
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        plan = await session.scalar(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement.text}"), asked)
    [explained] = json.loads(plan) if isinstance(plan, str) else plan
    return explained["Plan"]


def most_read(node):
    read = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return max(read * node["Actual Loops"], *map(most_read, node.get("Plans", [])), 0)


def most_loops(node):
    return max(node["Actual Loops"], *map(most_loops, node.get("Plans", [])), 0)
