"""A council served by processes, and what they did, read from its database."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from shared.clock import SystemClock
from tests.scheduler.bureau import Bureau
from tests.scheduler.process import Process, process
from tests.town import Town

WAITING = """
    SELECT (SELECT count(*) FROM deadline WHERE next_alarm_at <= :now)
         + (SELECT count(*) FROM outbox_event WHERE position IS NULL)
         + (SELECT count(*) FROM delivery WHERE state = 'waiting')
"""


@dataclass
class Live:
    """Tests build with `bureau` and let the processes do the rest."""

    town: Town

    @property
    def bureau(self) -> Bureau:
        return Bureau(self.town)

    def scheduler(self, **environment: str) -> AbstractAsyncContextManager[Process]:
        return self.service("scheduler", **environment)

    def service(self, service: str, **environment: str) -> AbstractAsyncContextManager[Process]:
        settings = self.town.settings
        known = {
            "DATABASE_URL": self.town.database_url,
            "DUECARE_OIDC_ISSUER": settings.oidc_issuer,
            "DUECARE_OIDC_JWKS_FILE": str(settings.oidc_jwks_file),
            "DUECARE_WEBHOOK_LOOPBACK": "true",
            "DUECARE_POOL_SIZE": "5",
        }
        return process(known | environment, service)

    async def count(self, sql: str) -> int:
        [[number]] = await self.town.rows(sql)
        return int(number)

    async def drained(self, seconds: float = 60) -> None:
        """Return once nothing is due, nothing waits for its place, and nothing waits to be delivered."""

        async def nothing_waits() -> bool:
            return (await self.town.rows(WAITING, now=SystemClock().now()))[0][0] == 0

        await until(nothing_waits, seconds)

    async def positions(self) -> list[int]:
        rows: list[Any] = await self.town.rows("SELECT position FROM outbox_event ORDER BY position")
        return [row.position for row in rows]


async def until(happened: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
    """Return once it has happened; fail if that takes longer."""
    async with asyncio.timeout(seconds):
        while not await happened():  # noqa: ASYNC110  the event happens in another process
            await asyncio.sleep(0.1)
