"""What a service says to its database, as it says it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement and its values; a list of values is one for each row."""

    query: str
    values: Sequence[Any]


@contextmanager
def overheard(engine: AsyncEngine) -> Iterator[list[Spoken]]:
    """Every statement of an engine's connections, in order, but for what begins and ends a transaction."""
    heard: list[Spoken] = []

    def by_engine(
        connection: Any, cursor: Any, query: str, values: Any, context: Any, executemany: bool
    ) -> None:
        heard.append(Spoken(query, list(values) if executemany else tuple(values)))

    def by_driver(said: Any) -> None:
        if said.args and isinstance(said.args, tuple):  # what the engine did not send itself
            heard.append(Spoken(said.query, said.args))

    def begin(connection: Any, *_: Any) -> None:
        connection.driver_connection.add_query_logger(by_driver)

    def end(connection: Any, *_: Any) -> None:
        connection.driver_connection.remove_query_logger(by_driver)

    told = ((engine.sync_engine, "before_cursor_execute", by_engine),)
    told += ((engine.sync_engine.pool, "checkout", begin), (engine.sync_engine.pool, "checkin", end))
    for target, name, listener in told:
        event.listen(target, name, listener)
    try:
        yield heard
    finally:
        for target, name, listener in told:
            event.remove(target, name, listener)
