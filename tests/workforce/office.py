"""What is told of officers and of whose children are whose, in few words."""

from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import text

from services.cli.recount import Recount
from shared.auth.principal import Role
from shared.db.engine import connect
from shared.deadlines.law import law
from tests.town import Town

Shown = dict[str, Any]
FAULTS_OF_RECORDS = ("facts_that_disagree", "deadlines_that_differ", "duplicate_facts")


@dataclass
class Office:
    """Methods in the past tense must succeed; `allocate` and `ask` return whatever was answered."""

    town: Town

    async def started(self, officer: str, role: str = "iro", **fields: Any) -> Shown:
        """Somebody began to work for the council."""
        body = {"role": role, "team": "safeguarding", "started_on": "2026-10-01"} | fields
        return (await self.town.put(f"/v1/workers/{officer}", body)).json()

    async def came_into_care(self, *children: str, family: str | None = None, on: str = "2026-10-05") -> None:
        """Children became looked after, as brothers and sisters where a family is given."""
        for child in children:
            await self.town.put(f"/v1/children/{child}", {})
            await self.town.put(f"/v1/care_periods/P-{child}", {"child": child, "started_on": on})
            if family is not None:
                await self._in_family(child, family)

    async def _in_family(self, child: str, family: str) -> None:
        async with self.town.owner.begin() as connection:
            confined = text("SELECT set_config('duecare.authority', :a, true)")
            await connection.execute(confined, {"a": self.town.authority})
            await connection.execute(
                text("UPDATE child SET family = :f WHERE authority_id = :a AND reference = :c"),
                {"a": self.town.authority, "c": child, "f": family},
            )

    async def allocate(self, child: str, officer: str, /, **fields: Any) -> httpx.Response:
        """An allocation is put, under a reference made of the child and the officer."""
        body = {"care_period": f"P-{child}", "officer": officer, "allocated_at": "2026-10-06T09:00:00Z"}
        return await self.ask("PUT", f"/v1/allocations/A-{child}-{officer}", body | fields)

    async def allocated(self, child: str, officer: str, /, **fields: Any) -> Shown:
        return succeeded(await self.allocate(child, officer, **fields))

    async def in_conflict(self, officer: str, child: str, reason: str = "relative") -> Shown:
        """A conflict of interest was declared."""
        body = {"officer": officer, "child": child, "reason": reason, "declared_on": "2026-11-02"}
        return (await self.town.put(f"/v1/conflicts/K-{officer}-{child}", body)).json()

    async def reallocate(self, officer: str, by: Role = Role.IRO_MANAGER, **fields: Any) -> httpx.Response:
        """The officer's children are given to others, by default because they left today."""
        key = {"idempotency_key": fields.pop("key")} if "key" in fields else {}
        body = {"from_officer": officer, "at": "2026-11-23T09:00:00Z", "reason": "leaver"} | fields
        return await self.town.ask("reviews", "POST", "/v1/reallocations", body, role=by, **key)

    async def ask(self, method: str, path: str, body: Any = None, **headers: Any) -> httpx.Response:
        return await self.town.ask("reviews", method, path, body, **headers)

    async def read(self, path: str, role: Role = Role.IRO_MANAGER) -> Shown:
        return succeeded(await self.ask("GET", path, role=role))

    async def children_of(self, officer: str) -> list[str]:
        """The children on the officer's page."""
        page = await self.read(f"/v1/caseloads/{officer}")
        return sorted(each["child"] for each in page["children"])

    async def events(self, kind: str) -> list[Shown]:
        """The data of the events of one type so far, in order."""
        rows = await self.town.rows("SELECT envelope FROM outbox_event WHERE type = :t ORDER BY seq", t=kind)
        return [row.envelope["data"] for row in rows]

    async def due(self, officer: str) -> dict[str, str]:
        """What an officer is owed, by timescale."""
        page = await self.read(f"/v1/workers/{officer}")
        return {each["timescale"]: each["due_on"] for each in page["deadlines"]}

    async def faults(self) -> dict[str, int]:
        """What `duecare verify` finds wrong in the records."""
        engine = connect(self.town.database_url, "duecare_auditor", name="tests", pool_size=1)
        try:
            found = await Recount(engine, law(), self.town.clock.now()).count(self.town.authority)
        finally:
            await engine.dispose()
        return {fault: found[fault] for fault in FAULTS_OF_RECORDS if found[fault]}


def succeeded(answer: httpx.Response) -> Shown:
    assert answer.is_success, answer.text
    shown: Shown = answer.json()
    return shown


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code with which something was refused."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["type"].rpartition(":")[2]
