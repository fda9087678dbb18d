"""A case system whose service is killed over its requests, and a scheduler that dies over its work."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text

from shared.auth.principal import Role
from tests.scheduler.live import until
from tests.stateful.processes import Nursery, Served
from tests.stateful.teller import Teller
from tests.town import Town

IN_A_SWEEP = ["before_claim:2", "after_claim", "after_breach_insert", "after_commit", "after_relay"]
CONFINE = text("SELECT set_config('duecare.authority', :authority, true)")
TABLES = text("""
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'authority_id' ORDER BY 1
""")
DIGEST = "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
TO_DO = """
    SELECT (SELECT count(*) FROM deadline WHERE next_alarm_at <= :now)
         + (SELECT count(*) FROM calendar_day WHERE moved_at IS NULL)
"""


@dataclass
class DoomedTown(Town):
    """Its reviewing service is killed over some requests, at a moment that chance chooses; then a new one is asked the
    same. `kills` is how many are still to come."""

    nursery: Nursery | None = None
    chance: random.Random = field(default_factory=random.Random)
    kills: int = 0
    served: Served | None = None
    usual: float = 0.05
    """How many seconds an answer takes."""
    between: list[str] = field(default_factory=list)
    """What was stored once a service was dead, and before another was asked."""

    async def ask(
        self,
        service: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        role: Role = Role.CASE_SYSTEM,
        **headers: str,
    ) -> httpx.Response:
        """Most requests are answered as ever."""
        if service != "reviews" or method == "GET" or not self.kills or self.chance.random() < 0.4:
            return await super().ask(service, method, path, body, role=role, **headers)
        self.kills -= 1
        sent = {"authorization": f"Bearer {self.token(role)}", "idempotency-key": str(uuid4())}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        await self._killed_over(method, path, sent, body)
        self.served = await self._new_service()
        answer = await self.served.ask(method, path, sent, body)
        self.usual = answer.elapsed.total_seconds()
        return answer

    async def stored(self) -> str:
        """A digest of every row that this council has."""
        async with self.owner.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ")  # one view of them all
            await connection.execute(CONFINE, {"authority": self.authority})
            tables = list(await connection.scalars(TABLES))
            found = [await connection.scalar(text(DIGEST.format(table=table))) for table in tables]
        return "".join(map(str, found))

    async def _killed_over(self, method: str, path: str, sent: dict[str, str], body: Any) -> None:
        service = self.served or await self._new_service()
        await service.ask("GET", "/v1/children/nobody", sent)  # so that everything is warm
        request = asyncio.create_task(service.ask(method, path, sent, body))
        await asyncio.sleep(self.usual * self.chance.random() ** 2)
        service.kill()
        await asyncio.gather(request, return_exceptions=True)
        self.between.append(await self.stored())

    async def _new_service(self) -> Served:
        assert self.nursery
        self.nursery.set(self.clock.now())
        return await self.nursery.start("reviews")


@dataclass
class DoomedTeller(Teller):
    """Its scheduler dies over its work, and another finishes it. `deaths` is how many are still to come."""

    nursery: Nursery | None = None
    chance: random.Random = field(default_factory=random.Random)
    deaths: int = 0

    async def sweep(self) -> None:
        if self.deaths:
            await self._swept_by_two()
        else:
            await super().sweep()

    async def _swept_by_two(self) -> None:
        before = await self.shown()
        await self._dies(self.chance.choice(IN_A_SWEEP))
        between = await self.shown()
        await self._finishes()
        after = self.model.shown(self.now)
        assert all(between[each] in (before[each], after[each]) for each in between)

    async def _follow(self) -> None:
        if self.deaths:
            await self._dies("after_move")
            await self._finishes()
        else:
            await super()._follow()

    async def _dies(self, place: str) -> None:
        assert self.nursery
        self.nursery.set(self.now)
        if await self._to_do():
            self.deaths -= 1
            dying = await self.nursery.start("scheduler", place)
            await until(lambda: self._gone_or_done(dying))
            dying.kill()  # it may have had nothing to do at that place

    async def _finishes(self) -> None:
        assert self.nursery
        if await self._to_do():
            scheduler = await self.nursery.start("scheduler")
            await until(self._done)
            scheduler.kill()
        self.model.noticed(self.now)

    async def _gone_or_done(self, dying: Served) -> bool:
        return not dying.lives() or await self._done()

    async def _done(self) -> bool:
        return not await self._to_do()

    async def _to_do(self) -> bool:
        [[number]] = await self.town.rows(TO_DO, now=self.now)
        return bool(number)
