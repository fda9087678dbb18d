"""One deadline asked about from every side, and things tried out, by somebody at a desk."""

from typing import Any

import httpx

from shared.auth.principal import Role
from tests.calendar.almanac import Almanac


class Desk(Almanac):
    """A council whose officers ask why. It is Monday 23 November 2026 unless a test says otherwise."""

    async def ask(self, timescale: str, page: str = "", role: Role = Role.IRO) -> dict[str, Any]:
        """A page of the one deadline of this timescale."""
        answer = await self.get((await self.deadline(timescale)).id, page, role)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def get(self, id: Any, page: str = "", role: Role = Role.IRO) -> httpx.Response:
        return await self.town.ask("scheduler", "GET", f"/v1/deadlines/{id}{page}", role=role)

    async def why(self, timescale: str) -> dict[str, Any]:
        return await self.ask(timescale, "/explanation")

    async def story(self, timescale: str) -> dict[str, Any]:
        return await self.ask(timescale, "/history")

    async def preview(self, *facts: dict[str, Any], history: str = "care_period") -> httpx.Response:
        body = {"history": history, "facts": list(facts)}
        return await self.town.ask("scheduler", "POST", "/v1/timescales/preview", body, role=Role.ANALYST)

    async def what_if(self, role: Role = Role.IRO, **body: Any) -> httpx.Response:
        return await self.town.ask("scheduler", "POST", "/v1/timescales/what-if", body, role=role)

    async def moves(self, **body: Any) -> dict[str, dict[str, Any]]:
        """What would move, by timescale."""
        answer = await self.what_if(**body)
        assert answer.status_code == 200, answer.text
        return {each["timescale"]: each for each in answer.json()["moves"]}

    async def on_a_plan(self) -> None:
        """A child on a protection plan since a week ago."""
        await self.town.put("/v1/children/C-P", {})
        plan = {"child": "C-P", "started_on": "2026-11-16", "initial_category": "NEG"}
        await self.town.put("/v1/protection_plans/P-P", plan)


def fact(kind: str, on: str | None = None, record: str | None = None, **codes: str) -> dict[str, Any]:
    """A fact as it is sent to be tried out, on a date; or at an instant, if that is what is given."""
    when = {"happened_at" if on and "T" in on else "happened_on": on} if on else {}
    return {"kind": kind, "codes": codes} | when | ({"record": record} if record else {})


CARE = fact("care_period.started", "2026-11-16")
