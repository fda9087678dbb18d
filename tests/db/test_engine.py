"""How services speak with the database."""

import json
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.engine import LASTS, connect
from shared.db.session import bound, take_long

BOUNDS = (text("SHOW transaction_timeout"), text("SHOW idle_in_transaction_session_timeout"))
WIRE = text("SELECT name, reset_val FROM pg_settings WHERE name LIKE 'tcp%' AND reset_val <> '0'")


async def test_no_statement_is_compiled_however_costly_the_planner_thinks_it(server):
    engine = connect(server, None, name="tests", waits={"statement_timeout": "30s"})
    async with engine.connect() as connection:
        await connection.execute(text("SELECT set_config('jit_above_cost', '0', true)"))
        jit = await connection.scalar(text("SHOW jit"))
        plan: Any = await connection.scalar(
            text("EXPLAIN (ANALYZE, FORMAT JSON) SELECT count(*) FROM pg_type")
        )
    await engine.dispose()
    assert jit == "off"
    assert "JIT" not in (json.loads(plan) if isinstance(plan, str) else plan)[0]


@pytest.fixture
async def engine(server, bounds_transactions):
    engine = connect(server, None, name="tests", pool_size=1)
    yield engine
    await engine.dispose()


@asynccontextmanager
async def transaction(engine):
    async with AsyncSession(engine) as session, session.begin():
        yield session


async def test_a_transaction_has_a_bound_and_so_has_the_next_on_the_same_connection(engine):
    for _ in range(2):
        async with transaction(engine) as session:
            assert [await session.scalar(each) for each in BOUNDS] == [LASTS, "10s"]
            await bound(session, 3)
            assert [await session.scalar(each) for each in BOUNDS] == ["3s", "10s"]
            await take_long(session)
            assert [await session.scalar(each) for each in BOUNDS] == ["10min", "1min"]


async def test_one_that_takes_long_is_not_ended_by_the_bound_that_ran_before(server, bounds_transactions):
    engine = connect(server, None, name="tests", pool_size=1, waits={"transaction_timeout": "200ms"})
    async with transaction(engine) as session:
        await take_long(session)
        await session.execute(text("SELECT pg_sleep(0.5)"))
    with pytest.raises(DBAPIError, match="transaction timeout"):
        async with transaction(engine) as session:
            await session.execute(text("SELECT pg_sleep(20)"))
    await engine.dispose()


async def test_one_that_is_to_be_short_is_ended_also_where_a_longer_bound_ran_already(engine):
    async with AsyncSession(engine) as session:
        await bound(session, 1)
        with pytest.raises(DBAPIError, match="transaction timeout"):
            await session.execute(text("SELECT pg_sleep(4)"))


async def test_by_tcp_whoever_takes_no_more_of_an_answer_is_given_up(server):
    """The settings as they were asked for: on a socket of the same machine they show as 0, and mean nothing."""
    engine = connect(server, None, name="tests", pool_size=1)
    async with engine.connect() as connection:
        asked = await connection.execute(WIRE)
        assert {row.name: row.reset_val for row in asked} == {
            "tcp_keepalives_idle": "10",
            "tcp_keepalives_interval": "5",
            "tcp_user_timeout": "30000",
        }
    await engine.dispose()
