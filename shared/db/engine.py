"""Connections to PostgreSQL: one pool per service, under that service's own role, with every wait bounded."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.db.silence import Silence

WAITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
}
# Of all the statements of one transaction. Nothing else ends that of a client which is stopped between the parts of a
# statement, and whose machine goes on to answer for it.
LASTS = "30s"
KNOWS_LASTS = 17  # the first PostgreSQL that has such a bound
# By TCP, a client whose machine is gone, or who takes no more of an answer, is given up after 30 seconds: while
# PostgreSQL writes, it minds none of its other bounds. (A socket of the same machine has nothing of the kind.)
ON_THE_WIRE = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_user_timeout": "30s"}
# PostgreSQL compiles a statement that it thinks costly, which takes longer than any of ours runs: what asyncpg asks of
# the catalogue on each new connection took seconds.
NO_JIT = {"jit": "off"}
# Seconds. A request to a database that has fallen silent ends within six: on a connection that is there, or after its
# turn and the opening of one.
ANSWERS_WITHIN = 5.5  # for one statement: a little more than the server allows itself
TURN_WITHIN = 2.0
OPENS_WITHIN = 3.5


def async_url(database_url: str) -> URL:
    """The same server and database, spelt for the asyncpg driver."""
    return make_url(database_url).set(drivername="postgresql+asyncpg")


def connect(
    database_url: str,
    role: str | None,
    *,
    name: str = "duecare",
    pool_size: int = 10,
    waits: dict[str, str] | None = None,
) -> AsyncEngine:
    """A pool of connections that act as `role` (None: as the user the URL names).

    In production each service has a login of its own, and `role` is that login. Where one login serves all
    (embedded server, tests), the role is taken at connection time and RESET ROLE cannot shed it.
    `waits` replaces the server's bounds on waiting, and with them the bounds on one statement and one transaction.
    """
    url = async_url(database_url)
    answers_within = ANSWERS_WITHIN if waits is None else None
    server_settings = {"application_name": name, "timezone": "UTC"} | NO_JIT | ON_THE_WIRE
    server_settings |= WAITS if waits is None else waits
    if role and role != url.username:
        server_settings["role"] = role
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=TURN_WITHIN,
        pool_recycle=300,
        hide_parameters=True,
        connect_args={
            "server_settings": server_settings,
            "timeout": OPENS_WITHIN,
            "command_timeout": answers_within,
        },
    )
    Silence(engine)
    if waits is None:
        event.listen(engine.sync_engine, "connect", _bound_transactions)
    return engine


def _bound_transactions(connection: Any, record: Any) -> None:
    if connection.driver_connection.get_server_version().major >= KNOWS_LASTS:
        connection.run_async(lambda driver: driver.execute(f"SET transaction_timeout = '{LASTS}'"))
