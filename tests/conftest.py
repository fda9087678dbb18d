"""A real PostgreSQL for the whole run, a migrated database, and an authority of its own for each test."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from shared.clock import FixedClock
from shared.db.engine import connect
from shared.db.migrate import migrate
from shared.db.server import database_server, ensure_database
from tests.town import Town

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server's address: DATABASE_URL's, or an embedded one that all workers of the run share."""
    root = tmp_path_factory.getbasetemp()
    home = (root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root) / "duecare"
    with database_server(os.environ.get("DATABASE_URL"), Path(home)) as url:
        yield url


@pytest.fixture(scope="session")
def database_url(server: str) -> Iterator[str]:
    """A database of this worker's own, built by the migrations and dropped at the end."""
    name = f"duecare_test_{os.getpid()}"
    url = ensure_database(server, name)
    asyncio.run(migrate(url))
    yield url
    asyncio.run(_drop(server, name))


async def _drop(server: str, name: str) -> None:
    engine = connect(server, None, name="tests")
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await engine.dispose()


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, noon."""
    return FixedClock(NOON)


@pytest.fixture
async def town(
    database_url: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    """A council nobody else uses, with its three services and a token for every role."""
    async with Town.founded(
        database_url, f"T{os.getpid()}-{next(_numbers)}", clock, tmp_path_factory
    ) as town:
        yield town


__all__ = ["make_url"]
