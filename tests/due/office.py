"""What is put on record and asked for where the day's work is looked at."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from tests.town import Town

Line = dict[str, Any]


@dataclass
class Office:
    """One council; dates are given as London dates."""

    town: Town

    async def child(self, reference: str, started_on: str, officer: str | None = None, **period: str) -> None:
        """A child who came into care on that day, perhaps with an officer since."""
        await self.town.put(f"/v1/children/{reference}", {"display_name": f"Child {reference}"})
        body = {"child": reference, "started_on": started_on} | period
        await self.town.put(f"/v1/care_periods/P-{reference}", body)
        if officer is not None:
            await self.allocated(reference, officer, f"{started_on}T10:00:00Z")

    async def allocated(self, child: str, officer: str, at: str, **fields: str) -> None:
        body = {"care_period": f"P-{child}", "officer": officer, "allocated_at": at} | fields
        await self.town.put(f"/v1/allocations/A-{child}-{officer}", body, if_match="*")

    async def withdrawn(self, path: str) -> None:
        answer = await self.town.ask("reviews", "POST", f"{path}/withdraw", {"because": "A mistake."})
        assert answer.status_code == 200, answer.text

    async def in_team(self, team: str, *children: str) -> None:
        await self.plant(
            "UPDATE child SET team = :team WHERE authority_id = :a AND reference = ANY(:children)",
            team=team,
            children=list(children),
        )

    async def plant(self, sql: str, **values: Any) -> None:
        """Change something as only the owner of the database may."""
        async with self.town.owner.begin() as connection:
            confine = text("SELECT set_config('duecare.authority', :a, true)")
            await connection.execute(confine, {"a": self.town.authority})
            await connection.execute(text(sql), values | {"a": self.town.authority})

    async def sweep(self) -> None:
        engine = self.town.apps["scheduler"].state.door.engine
        await sweep(engine, self.town.authority, self.town.clock.now())

    async def stretch(self, address: str = "/v1/due", role: Role = Role.CASE_SYSTEM) -> dict[str, Any]:
        answer = await self.town.ask("reviews", "GET", address, role=role)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def due(self, query: str = "") -> list[Line]:
        """The whole list, stretch by stretch."""
        found, address = [], f"/v1/due?{query}"
        while address:
            stretch = await self.stretch(address)
            found += stretch["items"]
            address = stretch["next"]
        return found

    async def names(self, query: str = "") -> list[tuple[str, str]]:
        return [(line["child"], line["timescale"]) for line in await self.due(query)]

    async def children(self, query: str = "") -> list[str]:
        return sorted({line["child"] for line in await self.due(query)})
