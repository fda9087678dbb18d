"""One child under two references, and what is held of each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx

from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from tests.town import Town

TABLES = ("care_period", "placement", "legal_status", "allocation", "review", "midpoint_check")
ALSO = ("history_record", "reported_fact", "exemption", "history", "fact", "deadline")


@dataclass
class Twice:
    """Two records, C-1 and C-2; `recorded` puts something of everything under one of them."""

    town: Town

    async def recorded(self, n: str, started_on: str, ended_on: str | None) -> None:
        put, period = self.town.put, {"care_period": f"CP-{n}"}
        await put(f"/v1/children/C-{n}", {"date_of_birth": "2015-01-09"})
        care = {"child": f"C-{n}", "started_on": started_on, "ended_on": ended_on}
        await put(f"/v1/care_periods/CP-{n}", care)
        await put(f"/v1/placements/PL-{n}", period | {"started_on": started_on, "placement_type": "foster"})
        await put(f"/v1/legal_statuses/LS-{n}", period | {"status": "V2", "from_on": started_on})
        allocated = {"officer": "iro-1", "allocated_at": f"{started_on}T09:00:00Z"}
        await put(f"/v1/allocations/A-{n}", period | allocated)
        await put(f"/v1/reviews/R-{n}", period | {"held_on": _days_later(started_on, 14)})
        check = {"officer": "iro-1", "completed_on": _days_later(started_on, 18), "finding": "on_track"}
        await put(f"/v1/midpoint_checks/M-{n}", period | check)
        await put(f"/v1/histories/H-{n}", {"kind": "protection", "child": f"C-{n}"})
        plan = {"child": f"C-{n}", "started_on": started_on, "initial_category": "NEG"}
        await put(f"/v1/protection_plans/P-{n}", plan)
        seen = {"history": f"H-{n}", "kind": "visit.made", "happened_on": started_on}
        await put(f"/v1/facts/F-{n}", seen)

    async def merge(self, one: str = "C-1", into: str = "C-2", **how: Any) -> httpx.Response:
        body = {"into": into, "because": "Referred twice."}
        return await self.town.ask("reviews", "POST", f"/v1/children/{one}/merge", body, **how)

    async def split(self, one: str, to: Any, *records: str) -> httpx.Response:
        body = {"records": records, "to": to, "because": "They are two."}
        return await self.town.ask("reviews", "POST", f"/v1/children/{one}/split", body)

    async def owned(self) -> dict[str, dict[str, int]]:
        """How many rows of each table are whose, by the child's reference."""
        found: dict[str, dict[str, int]] = {}
        for table in TABLES + ALSO:
            rows = await self.town.rows(
                f"SELECT c.reference, count(*) AS n FROM {table} t JOIN child c ON c.id = t.child_id GROUP BY 1"
            )
            found[table] = {row.reference: row.n for row in rows}
        return found

    async def deadlines(self) -> set[tuple[Any, ...]]:
        """Every deadline that stands: its id, and what it says."""
        return {
            tuple(row)
            for row in await self.town.rows(
                "SELECT id, timescale, due_at, outcome, closed_on FROM deadline WHERE outcome <> 'withdrawn'"
            )
        }

    async def page(self, reference: str, role: Role = Role.CASE_SYSTEM) -> dict[str, Any]:
        answer = await self.town.ask("reviews", "GET", f"/v1/children/{reference}", role=role)
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def noticed(self) -> None:
        """The scheduler notices what is due and tells it."""
        engine, now = self.town.apps["scheduler"].state.door.engine, self.town.clock.now()
        await sweep(engine, self.town.authority, now)
        await relay(engine, self.town.authority, now, 10_000)


def _days_later(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))
