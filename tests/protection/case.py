"""What a case system tells of children's protection, record by record."""

from typing import Any

import httpx

from shared.auth.principal import Role
from tests.facts.record import Record, Shown, succeeded


class Case(Record):
    """A council's protection cases. Each method puts one record that must be taken; `try_` returns any answer."""

    async def child(self, *references: str, **known: Any) -> None:
        for reference in references:
            succeeded(await self.put(f"/v1/children/{reference}", known))

    async def strategy(self, reference: str, child: str, held_on: str, section47: str = "initiated") -> Shown:
        body = {"child": child, "held_on": held_on, "section47": section47}
        return succeeded(await self.put(f"/v1/strategy_discussions/{reference}", body))

    async def conference(self, reference: str, *children: Any, **fields: Any) -> Shown:
        return succeeded(await self.try_conference(reference, *children, **fields))

    async def try_conference(
        self, reference: str, *children: Any, role: Role = Role.CASE_SYSTEM, **fields: Any
    ) -> httpx.Response:
        """Each child is a reference, or a reference with the outcome and, for a plan, the category."""
        said = [dict(zip(("child", "outcome", "category"), _line(each), strict=False)) for each in children]
        body = {"conference_type": "initial", "children": said} | fields
        return await self.put(f"/v1/conferences/{reference}", body, role)

    async def step(self, path: str, role: Role = Role.CASE_SYSTEM, **body: Any) -> httpx.Response:
        """A verb, such as `conferences/K-1/hold`."""
        answer = await self.town.ask("reviews", "POST", f"/v1/{path}", body, role=role)
        if answer.is_success:
            self.etags[f"/v1/{path.rpartition('/')[0]}"] = answer.headers["etag"]
        return answer

    async def plan(self, reference: str, child: str, started_on: str, **fields: Any) -> Shown:
        return succeeded(await self.try_plan(reference, child, started_on, **fields))

    async def try_plan(self, reference: str, child: str, started_on: str, **fields: Any) -> httpx.Response:
        body = {"child": child, "started_on": started_on, "initial_category": "NEG"} | fields
        return await self.put(f"/v1/protection_plans/{reference}", body)

    async def core_group(self, reference: str, child: str, held_on: str, **fields: Any) -> Shown:
        body = {"child": child, "held_on": held_on} | fields
        return succeeded(await self.put(f"/v1/core_groups/{reference}", body))

    async def get(self, path: str, role: Role = Role.CASE_SYSTEM) -> Shown:
        return succeeded(await self.town.ask("reviews", "GET", f"/v1/{path}", role=role))

    async def owed_to(self, child: str, timescale: str) -> list[tuple[str, str]]:
        """When the deadlines of one timescale are due to one child, and how each stands, by start."""
        rows = await self.town.rows(
            "SELECT due_on, outcome FROM deadline d JOIN child c ON c.id = d.child_id"
            " WHERE c.reference = :c AND timescale = :t ORDER BY starts_on, d.id",
            c=child,
            t=timescale,
        )
        return [(str(row.due_on), row.outcome) for row in rows]

    async def histories(self, child: str, kind: str = "protection") -> int:
        """How many histories of a kind a child has."""
        rows = await self.town.rows(
            "SELECT 1 FROM history_record h JOIN child c ON c.id = h.child_id"
            " WHERE c.reference = :c AND kind = :k",
            c=child,
            k=kind,
        )
        return len(rows)


def _line(child: Any) -> tuple[str, ...]:
    return (child,) if isinstance(child, str) else child
