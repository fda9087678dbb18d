"""Brings a database to the newest schema, one migrator at a time, without queueing behind a long reader."""

import asyncio
from importlib.util import find_spec
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.db.engine import connect

LOCK = 7_201_989  # any number, so long as every Duecare migrator asks for the same one
WAITS = {"lock_timeout": "1s", "idle_in_transaction_session_timeout": "10min"}
LOCK_NOT_AVAILABLE = "55P03"
TRIES = 30


class MigrationBlocked(Exception):
    """Another migrator, or a long transaction, would not make way in time."""


async def migrate(database_url: str) -> str:
    """Upgrade to head and return its revision. Safe to start twice at once; the second finds nothing to do."""
    engine = connect(database_url, None, name="duecare-migrate", pool_size=2, waits=WAITS)
    try:
        async with engine.connect() as holder:
            await _take_lock(holder)
            try:
                return await _upgrade(engine.connect)
            finally:
                await holder.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": LOCK})
    finally:
        await engine.dispose()


async def _take_lock(holder: AsyncConnection) -> None:
    await holder.execution_options(isolation_level="AUTOCOMMIT")
    for _ in range(TRIES * 4):
        if await holder.scalar(text("SELECT pg_try_advisory_lock(:n)"), {"n": LOCK}):
            return
        await asyncio.sleep(0.5)
    raise MigrationBlocked("Another migration has been running for a minute; try again when it has ended.")


async def _upgrade(open_connection: object) -> str:
    for _ in range(TRIES):
        try:
            async with open_connection() as connection:  # type: ignore[operator]
                revision: str = await connection.run_sync(_upgrade_to_head)
                await connection.commit()
                return revision
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            await asyncio.sleep(0.5)
    raise MigrationBlocked("A long transaction holds a table that has to change; end it and try again.")


def _upgrade_to_head(connection: Connection) -> str:
    config = alembic_config(connection)
    command.upgrade(config, "head")
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for the migrations that ship with this code, run on `connection`."""
    spec = find_spec("migrations")
    assert spec is not None and spec.origin is not None
    config = Config()
    config.set_main_option("script_location", str(Path(spec.origin).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
