"""The day's reads by hand: an ASGI function on asyncpg that runs the same statements and writes the same JSON, asks
nobody who they are, and looks at nothing of the address but whose day it is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from services.reviews_api.caseloads.lines import written as caseload_written
from services.reviews_api.caseloads.statements import HELD, OPEN
from services.reviews_api.due.lines import place_of
from services.reviews_api.due.lines import written as due_written
from services.reviews_api.due.queries import Question, statement_for
from services.reviews_api.naming import names
from shared.clock import SystemClock
from shared.db.engine import NO_JIT, WAITS
from shared.deadlines.law import law
from shared.settings import Settings
from shared.timescales.london import london_date

COUNCIL = "BENCH-DAY"
CONFINE = "SELECT set_config('duecare.authority', $1, true)"
HEADERS = [(b"content-type", b"application/json")]
FIFTY = Question(7, None, None, None, None, None, True, None, 50)
CLOCK = SystemClock()

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Bare:
    """The application; its pool is as large as the service's own."""

    def __init__(self) -> None:
        self.catalogue = law(Settings().practice).catalogue
        self.pool: Any = None
        self.beginning = asyncio.Lock()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            return
        async with self.beginning:
            self.pool = self.pool or await open_pool()
        async with self.pool.acquire() as connection, connection.transaction(readonly=True):
            await connection.fetch(CONFINE, COUNCIL)
            due = scope["path"] == "/v1/due"
            body = await (self.due(connection) if due else self.caseload(connection, scope["path"]))
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, length]})
        await send({"type": "http.response.body", "body": body})

    async def caseload(self, connection: Any, path: str) -> bytes:
        now, officer = CLOCK.now(), path.rpartition("/")[2]
        held = await connection.fetch(HELD, COUNCIL, officer, now, london_date(now))
        periods, children = [row["id"] for row in held], [row["child_id"] for row in held]
        rows = await connection.fetch(OPEN, COUNCIL, periods, children, now)
        return caseload_written(officer, held, rows, names(self.catalogue), now).encode()

    async def due(self, connection: Any) -> bytes:
        now = CLOCK.now()
        sql, values = statement_for(FIFTY, COUNCIL, self.catalogue, now)
        rows = await connection.fetch(sql, *values)
        follows = f"/v1/due?limit=50&after={place_of(rows[49])}" if len(rows) > 50 else None
        return due_written(rows[:50], names(self.catalogue), now, follows).encode()


async def open_pool() -> Any:
    """A pool as large as a service's own, whose connections act under the same role and the same bounds."""
    settings = Settings()
    return await asyncpg.create_pool(
        settings.database_url,
        min_size=settings.pool_size,
        max_size=settings.pool_size,
        server_settings={"role": "duecare_reviews", "timezone": "UTC"} | NO_JIT | WAITS,
        reset=_leave,
    )


async def _leave(connection: Any) -> None:
    """Nothing is left on a connection but what the transaction took with it."""
