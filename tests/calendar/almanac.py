"""The operator's side of a council: days added to the calendar, and what runs made to follow."""

from dataclasses import dataclass
from typing import Any

import httpx

from services.scheduler.calendar.mover import Mover
from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from tests.town import Town

FUNERAL = {
    "on": "2026-12-02",
    "name": "Day of the state funeral",
    "announced_on": "2026-11-23",
    "source": "The London Gazette, 23 November 2026",
}


@dataclass
class Almanac:
    """A council whose operator is told of days off. It is Monday 23 November 2026 unless a test says otherwise."""

    town: Town

    async def add(self, body: Any = None, **changed: Any) -> httpx.Response:
        """Add the day of the funeral, or another."""
        told = FUNERAL | changed if body is None else body
        return await self.town.ask("scheduler", "POST", "/v1/calendar/days", told, role=Role.OPERATOR)

    async def proclaim(self, **changed: Any) -> str:
        """Add a day, which must succeed, and make what runs follow; returns the day's id."""
        answer = await self.add(**changed)
        assert answer.status_code == 201, answer.text
        await self.follow()
        return str(answer.json()["id"])

    async def withdraw(self, day: str, because: str = "It was a mistake.") -> httpx.Response:
        path = f"/v1/calendar/days/{day}/withdraw"
        return await self.town.ask("scheduler", "POST", path, {"because": because}, role=Role.OPERATOR)

    async def page(self) -> dict[str, Any]:
        return dict((await self.town.ask("scheduler", "GET", "/v1/calendar")).json())

    def mover(self, batch: int = 250) -> Mover:
        door = self.town.apps["scheduler"].state.door
        return Mover(door.engine, self.town.authority, door.law, door.clock, batch)

    async def follow(self, batch: int = 250) -> int:
        return await self.mover(batch).move_all()

    async def sweep(self) -> None:
        """Notice what is due, and give every event its place."""
        engine, now = self.town.apps["scheduler"].state.door.engine, self.town.clock.now()
        await sweep(engine, self.town.authority, now)
        await relay(engine, self.town.authority, now)

    async def looked_after(self, name: str = "1", started_on: str = "2026-11-16", **fields: Any) -> None:
        await self.town.put(f"/v1/children/C-{name}", {})
        body = {"child": f"C-{name}", "started_on": started_on} | fields
        await self.town.put(f"/v1/care_periods/CP-{name}", body)

    async def held(self, on: str, name: str = "1", review: str = "1") -> None:
        body = {"care_period": f"CP-{name}", "held_on": on}
        await self.town.put(f"/v1/reviews/R-{name}-{review}", body)

    async def deadline(self, timescale: str = "lac-review-first") -> Any:
        """The one deadline of this timescale."""
        sql = "SELECT * FROM deadline WHERE timescale = :t"
        (row,) = await self.town.rows(sql, t=timescale)
        return row

    async def due(self, timescale: str = "lac-review-first") -> str:
        return str((await self.deadline(timescale)).due_on)

    async def told(self, *types: str) -> list[tuple[str, dict[str, Any]]]:
        """The events of these types, as subscribers read them, in order."""
        sql = "SELECT type, envelope FROM outbox_event WHERE type = ANY (:types) ORDER BY seq"
        return [(row.type, row.envelope["data"]) for row in await self.town.rows(sql, types=list(types))]
