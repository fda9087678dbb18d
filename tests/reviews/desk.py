"""A child in care since Thursday 1 October 2026, and what is recorded of their reviews. It is Monday 23 November."""

from dataclasses import dataclass
from typing import Any

import httpx

from services.cli.recount import Recount
from services.reviews_api.reviews.schemas import ReviewBody
from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from tests.town import Town

Shown = dict[str, Any]
APPROVED = {"approved_by": "manager-2", "reason": "illness"}


@dataclass
class Desk:
    """`put` and `step` must succeed and return the answer; `ask` returns whatever was answered."""

    town: Town

    async def in_care(self, started_on: str = "2026-10-01", **child: Any) -> None:
        await self.town.put("/v1/children/C-1", child)
        await self.town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": started_on})

    async def planned(self, on: str = "2026-10-28", reference: str = "R-1") -> None:
        await self.town.put(f"/v1/reviews/{reference}", {"care_period": "CP-1", "scheduled_on": on})

    async def put(self, reference: str = "R-1", **fields: Any) -> Shown:
        """A review as the case system holds it."""
        body = {"care_period": "CP-1"} | fields
        return dict((await self.town.put(f"/v1/reviews/{reference}", body, if_match="*")).json())

    async def try_to_put(
        self, reference: str = "R-1", role: Role = Role.CASE_SYSTEM, **fields: Any
    ) -> httpx.Response:
        body = {"care_period": "CP-1"} | fields
        return await self.town.ask(
            "reviews", "PUT", f"/v1/reviews/{reference}", body, role=role, if_match="*"
        )

    async def step(self, verb: str, of: str = "reviews/R-1", **fields: Any) -> Shown:
        answer = await self.ask(verb, of, **fields)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def ask(
        self, verb: str, of: str = "reviews/R-1", role: Role = Role.CASE_SYSTEM, **fields: Any
    ) -> httpx.Response:
        return await self.town.ask("reviews", "POST", f"/v1/{of}/{verb}", fields, role=role)

    async def decided(self, reference: str, review: str = "R-1", **fields: Any) -> Shown:
        body = {"review": review, "what": "Swimming lessons.", "owner": "sw-1"} | fields
        return dict((await self.town.put(f"/v1/decisions/{reference}", body, if_match="*")).json())

    async def get(self, path: str, role: Role = Role.CASE_SYSTEM) -> Shown:
        answer = await self.town.ask("reviews", "GET", path, role=role)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def as_held(self, reference: str = "R-1") -> Shown:
        """A review as a PUT would say it again."""
        shown = await self.get(f"/v1/reviews/{reference}")
        return {name: shown[name] for name in ReviewBody.model_fields if name in shown}

    async def due(self, timescale: str) -> list[tuple[str, str, str | None]]:
        """When the deadlines of a timescale are due, how each stands, and on which day it was closed."""
        rows = await self.town.rows(
            "SELECT due_on, outcome, closed_on FROM deadline WHERE timescale = :t ORDER BY starts_on, id",
            t=timescale,
        )
        return [(str(row.due_on), row.outcome, row.closed_on and str(row.closed_on)) for row in rows]

    async def facts(self) -> dict[str, str]:
        """The days of the standing facts about reviews, by kind."""
        sql = "SELECT kind, happened_on FROM fact WHERE withdrawn_at IS NULL AND kind LIKE 'review.%'"
        return {row.kind: str(row.happened_on) for row in await self.town.rows(sql)}

    async def events(self, *types: str) -> list[tuple[str, Shown]]:
        """The events of these types, as subscribers read them, in order."""
        sql = "SELECT type, envelope FROM outbox_event WHERE type = ANY (:types) ORDER BY seq"
        rows = await self.town.rows(sql, types=list(types))
        own = ("child_id", "link", "review_id", "decision_id")
        return [(row.type, {k: v for k, v in row.envelope["data"].items() if k not in own}) for row in rows]

    async def faults(self) -> dict[str, int]:
        """What `duecare verify` finds once everything was noticed and told; not the counts that are 0."""
        door, now = self.town.apps["scheduler"].state.door, self.town.clock.now()
        await sweep(door.engine, self.town.authority, now)
        await relay(door.engine, self.town.authority, now)
        recount = Recount(self.town.owner, door.law, now)
        return {name: n for name, n in (await recount.count(self.town.authority)).items() if n}


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code with which something was refused."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["type"].rpartition(":")[2]
