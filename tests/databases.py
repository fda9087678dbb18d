"""Databases of the tests' own, built by the migrations and dropped at the end."""

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from shared.db.engine import connect
from shared.db.migrate import migrate
from shared.db.server import ensure_database

_numbers = itertools.count(1)


@contextmanager
def migrated(server: str, name: str) -> Iterator[str]:
    """The address of a new database, whose name begins so and was never used before: pools outlive their database."""
    name = f"{name}_{next(_numbers)}"
    url = ensure_database(server, name)
    asyncio.run(migrate(url))
    # What is committed is there for all; that it survives the end of the server itself is not what is tested here.
    asyncio.run(_tell(server, f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    yield url
    asyncio.run(drop(server, name))


async def drop(server: str, name: str) -> None:
    """Drop the database under whoever still uses it."""
    await _tell(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _tell(server: str, statement: str) -> None:
    engine = connect(
        server, None, name="tests", waits={}
    )  # on a busy machine it takes longer than a request may
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.exec_driver_sql(statement)
    await engine.dispose()
