"""Bringing a database to the newest schema, also when others are at it."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from services.escalation_api.models import ESCALATION_MODELS
from services.reviews_api.models import REVIEWS_MODELS
from services.scheduler.models import SCHEDULER_MODELS
from shared.db.base import Base
from shared.db.engine import connect
from shared.db.migrate import alembic_config, migrate
from shared.db.server import ensure_database
from shared.deadlines.models import TIMELINE_MODELS
from shared.events.models import EVENT_MODELS
from shared.http.models import HTTP_MODELS
from tests.databases import drop

MODELS = TIMELINE_MODELS + EVENT_MODELS + HTTP_MODELS + REVIEWS_MODELS + ESCALATION_MODELS + SCHEDULER_MODELS
_numbers = count(1)


@pytest.fixture
async def fresh(server: str) -> AsyncIterator[str]:
    """An empty database."""
    name = f"duecare_fresh_{os.getpid()}_{next(_numbers)}"
    yield await asyncio.to_thread(ensure_database, server, name)
    await drop(server, name)


async def run(url: str, work: Any) -> Any:
    """Do synchronous work on a connection, and commit."""
    engine = connect(url, None, name="tests", pool_size=1)
    async with engine.begin() as connection:
        found = await connection.run_sync(work)
    await engine.dispose()
    return found


def heads(connection: Connection) -> list[str]:
    return list(ScriptDirectory.from_config(alembic_config(connection)).get_heads())


async def test_two_migrators_at_once_on_an_empty_database_both_end_at_the_one_head(fresh):
    first, second = await asyncio.gather(migrate(fresh), migrate(fresh))
    assert [first, second] == (await run(fresh, heads)) * 2
    assert await migrate(fresh) == first


async def test_the_models_and_the_migrations_say_the_same(database_url):
    """Columns, their types and whether they may be empty. Indexes and foreign keys stand in migrations alone."""

    def differences(connection: Connection) -> list[Any]:
        def include(item: Any, name: str, kind: str, reflected: bool, other: Any) -> bool:
            return kind in ("table", "column") and name != "alembic_version"

        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": include}
        )
        return list(compare_metadata(context, Base.metadata))

    assert len(MODELS) == len(Base.metadata.tables)
    found = await run(database_url, differences)
    assert [
        each for each in found if each[:2] != ("remove_table", "authority") and not is_the_authorities(each)
    ] == []


def is_the_authorities(difference: Any) -> bool:
    """The list of authorities has no model: it is read in plain SQL."""
    return difference[0] == "remove_table" and difference[1].name == "authority"


async def test_a_long_writer_is_not_queued_behind_and_the_migration_goes_on_when_it_ends(fresh):
    await run(fresh, lambda connection: command.upgrade(alembic_config(connection), "0001"))
    engine = connect(fresh, None, name="tests", pool_size=2)
    async with engine.connect() as writer, engine.connect() as honest:
        await writer.execute(text("LOCK TABLE authority IN ROW EXCLUSIVE MODE"))
        migration = asyncio.create_task(migrate(fresh))
        slowest = 0.0
        for n in range(20):
            await asyncio.sleep(0.08)
            began = time.monotonic()
            await honest.execute(text("INSERT INTO authority VALUES (:a, 'x')"), {"a": f"A{n}"})
            await honest.commit()
            slowest = max(slowest, time.monotonic() - began)
        assert slowest < 1.5 and not migration.done()
        await writer.rollback()
        assert [await migration] == await run(fresh, heads)
    await engine.dispose()


async def test_a_long_reader_holds_no_migration_up(fresh):
    await run(fresh, lambda connection: command.upgrade(alembic_config(connection), "0001"))
    engine = connect(fresh, None, name="tests", pool_size=1)
    async with engine.connect() as reader:
        await reader.execute(text("SELECT 1 FROM authority"))
        assert [await asyncio.wait_for(migrate(fresh), 20)] == await run(fresh, heads)
    await engine.dispose()
