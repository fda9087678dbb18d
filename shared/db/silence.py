"""A database that has fallen silent is not parted from in good order: nobody is there to answer, and whoever asked it
waits already.

A driver that closes a connection asks the server to cancel what it does, says goodbye and waits for two seconds. That
is right where a request was cut off on our side. Where the server left a statement unanswered for longer than it
allows itself, it is no use; nor for any connection that is as old.
"""

import asyncio
import time
from contextlib import suppress
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

OPENED = "opened"  # of what is noted of a connection: when it was opened
LEFT_WITHIN = 1.0  # seconds, for all connections that are at rest


class Silence:
    """When one engine's server last left a statement unanswered."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.noticed = float("-inf")
        for name, listener in (
            ("connect", self.opened),
            ("invalidate", self.given_up),
            ("close", self.closing),
        ):
            event.listen(engine.sync_engine, name, listener)

    def opened(self, connection: Any, record: Any) -> None:
        record.info[OPENED] = time.monotonic()

    def given_up(self, connection: Any, record: Any, error: BaseException | None) -> None:
        if isinstance(error, TimeoutError):
            self.noticed = time.monotonic()

    def closing(self, connection: Any, record: Any) -> None:
        if record.info[OPENED] <= self.noticed:
            connection.driver_connection.terminate()


async def leave(engine: AsyncEngine) -> None:
    """Close a pool at the end of a process, in good order; what the database does not answer to ends with the process.
    A driver waits for each connection, one after the other, as long as for a statement."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LEFT_WITHIN):
            await engine.dispose()
