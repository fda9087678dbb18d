"""The PostgreSQL that Duecare uses: the one DATABASE_URL names, or else its own."""

import asyncio
import os
import socket
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
from sqlalchemy.engine import URL

from shared.db.address import (
    NotAnAddressError,
    connect_arguments,
    describe,
    parse_address,
)
from shared.db.embedded_programs import EmbeddedServerError

OLDEST_VERSION = 15
ANSWERS_WITHIN = 5.0  # seconds
EMBEDDED_DATABASE = "duecare"
ADVICE = "Check DATABASE_URL, or unset it to use the embedded server."
UNREACHABLE = (
    OSError,
    OverflowError,
    TypeError,
    ValueError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)

Result = TypeVar("Result")


class ServerUnavailable(Exception):
    """No PostgreSQL to work with; the text is one line for the terminal and holds no password."""


@contextmanager
def database_server(database_url: str | None, home: Path) -> Iterator[str]:
    """The URL of the database to use, as `postgresql://...`, by a user who may create databases and roles.

    With `database_url`, that database, once its server has answered and proved recent enough; without, the
    database `duecare` of the server embedded in `home`, which runs meanwhile. Raises ServerUnavailable.
    """
    if database_url:
        yield checked_address(database_url)
        return
    with _embedded_server(home) as admin_url:
        yield ensure_database(admin_url, EMBEDDED_DATABASE)


def checked_address(database_url: str) -> str:
    """The address in the form `postgresql://...`, once its server has answered. Raises ServerUnavailable."""
    url = _parsed(database_url)
    _wait_for(_greet(url))
    return url.render_as_string(hide_password=False)


def ensure_database(admin_url: str, name: str) -> str:
    """Create a database of this name unless it exists (two may do it at once); returns its URL."""
    url = _parsed(admin_url)
    _wait_for(_create_database(url, name))
    return url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def passing_database(admin_url: str, name: str) -> Iterator[str]:
    """The URL of an empty database of this name, made anew; it is dropped at the end."""
    url = _parsed(admin_url)
    _wait_for(_drop_database(url, name))
    try:
        yield ensure_database(admin_url, name)
    finally:
        _wait_for(_drop_database(url, name))


def check_version(version: str, number: int) -> None:
    """Refuse a server before PostgreSQL 15; `number` is its `server_version_num`, such as 140002."""
    if number < OLDEST_VERSION * 10_000:
        raise ServerUnavailable(f"PostgreSQL {version} is too old: Duecare needs {OLDEST_VERSION} or later.")


@contextmanager
def _embedded_server(home: Path) -> Iterator[str]:
    try:
        from shared.db.embedded import EmbeddedServer  # needs a Unix
    except ImportError:
        raise ServerUnavailable("No embedded PostgreSQL for this platform: set DATABASE_URL.") from None
    server = EmbeddedServer(home)
    try:
        admin_url = server.start()
    except EmbeddedServerError as error:
        raise ServerUnavailable(str(error)) from error
    try:
        yield admin_url
    finally:
        server.stop()


def _parsed(database_url: str) -> URL:
    try:
        return parse_address(database_url)
    except NotAnAddressError:
        raise ServerUnavailable(
            "DATABASE_URL is not a PostgreSQL address such as postgresql://user:password@host:5432/database "
            "(percent-encode special characters in the password)."
        ) from None


def _wait_for(work: Coroutine[Any, Any, Result]) -> Result:
    """Do the work to its end, also for a caller inside a running event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _greet(url: URL) -> None:
    connection = await _connect(url)
    await connection.close()


async def _create_database(url: URL, name: str) -> None:
    connection = await _connect(url)
    try:
        if await connection.fetchval("select 1 from pg_database where datname = $1", name) is None:
            quoted = name.replace('"', '""')
            await connection.execute(f'create database "{quoted}" template template0')
    except (asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
        pass  # somebody else created it meanwhile
    except asyncpg.PostgresError as error:
        raise ServerUnavailable(f"Cannot create the database {name} at {describe(url)}: {error}.") from error
    finally:
        await connection.close()


async def _drop_database(url: URL, name: str) -> None:
    connection = await _connect(url)
    try:
        quoted = name.replace('"', '""')
        await connection.execute(f'drop database if exists "{quoted}" with (force)')
    finally:
        await connection.close()


async def _connect(url: URL) -> "asyncpg.Connection[asyncpg.Record]":
    try:
        connection = await asyncio.wait_for(asyncpg.connect(**connect_arguments(url)), ANSWERS_WITHIN)
    except UNREACHABLE as error:
        raise ServerUnavailable(
            f"Cannot reach PostgreSQL at {describe(url)}: {_reason(error)}. {ADVICE}"
        ) from None
    try:
        number = int(await connection.fetchval("show server_version_num"))
        check_version(await connection.fetchval("show server_version"), number)
    except BaseException:
        connection.terminate()
        raise
    return connection


def _reason(error: Exception) -> str:
    """Why there is no connection, in words of ours: a driver's may repeat what it was given."""
    match error:
        case TimeoutError():
            return f"no answer within {ANSWERS_WITHIN:.0f} seconds"
        case asyncpg.InvalidPasswordError() | asyncpg.InvalidAuthorizationSpecificationError():
            return "it refused the user or the password"
        case asyncpg.InvalidCatalogNameError():
            return "it has no database of that name"
        case asyncpg.TooManyConnectionsError():
            return "it has no connection to spare"
        case asyncpg.PostgresError():
            return f"it answered with error {error.sqlstate}"
        case socket.gaierror():
            return "no such host"
        case OSError(errno=int(number)):
            return os.strerror(number).lower()
        case OSError() | asyncpg.InterfaceError():
            return "it does not answer as PostgreSQL does"
    return "the address holds an option that is not understood"
