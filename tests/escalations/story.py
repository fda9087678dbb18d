"""What the tests of escalations tell again and again: a child, a concern, a breach that is heard of."""

from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import text

from services.escalation_api.reactions import follow_authority
from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from shared.db.session import authority_session
from tests.escalations.ladder_story import Ladder
from tests.town import Town

CONCERN = {
    "child": "C-1",
    "theme": "no_evidence_of_visits",
    "concern": "No visit since the last review.",
}


@dataclass
class Story:
    """One town, told about in its officer's voice."""

    town: Town

    async def child(self, reference: str = "C-1") -> dict[str, Any]:
        return (await self.town.put(f"/v1/children/{reference}", {})).json()

    async def care_period(self, started_on: str = "2026-11-10", **headers: str) -> httpx.Response:
        """A child became looked after; from 10 November, the officer is named by the 17th, the clock says 23rd."""
        await self.child()
        body = {"child": "C-1", "started_on": started_on}
        return await self.town.put("/v1/care_periods/CP-1", body, **headers)

    async def correct_start(self, started_on: str) -> None:
        answer = await self.town.ask("reviews", "GET", "/v1/care_periods/CP-1")
        await self.care_period(started_on, if_match=answer.headers["etag"])

    async def sweep_and_relay(self) -> None:
        engine = self.town.apps["scheduler"].state.door.engine
        await sweep(engine, self.town.authority, self.town.clock.now())
        await relay(engine, self.town.authority, self.town.clock.now())

    async def hear(self, app: str = "escalation") -> int:
        """The feed is brought up to date, and escalation_api follows it one step."""
        await self.sweep_and_relay()
        return await follow_authority(self.town.apps[app].state.door, self.town.authority)

    async def suggestion(self) -> dict[str, Any]:
        """The one suggestion there is, after a breach was heard of."""
        await self.care_period()
        await self.hear()
        (found,) = await self.listed(state="suggested")
        return found

    async def raised(self) -> dict[str, Any]:
        """An informal resolution that an officer has raised."""
        await self.child()
        answer = await self.post("", CONCERN)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def begun(self, **said: Any) -> Ladder:
        """An escalation that an officer has raised, about C-1 unless it is said about whom."""
        if not said.keys() & {"child", "children", "team"}:
            await self.child()
        about = {"child": None} if said.keys() & {"children", "team"} else {}
        answer = await self.post("", CONCERN | about | said)
        assert answer.status_code == 201, answer.text
        return Ladder(self.town, answer.json()["id"])

    async def formal(self, stage: str = "practice_alert", **said: Any) -> Ladder:
        """An escalation that begins at a formal stage."""
        return await self.begun(stage=stage, because="The child is not safe.", **said)

    async def post(
        self, path: str, body: Any = None, role: Role = Role.IRO, **headers: str
    ) -> httpx.Response:
        return await self.town.ask("escalation", "POST", f"/v1/escalations{path}", body, role=role, **headers)

    async def read(self, path: str, role: Role = Role.IRO) -> httpx.Response:
        return await self.town.ask("escalation", "GET", f"/v1/escalations{path}", role=role)

    async def listed(self, **filters: str) -> list[dict[str, Any]]:
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        answer = await self.read(f"?{query}")
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def told(self) -> list[str]:
        """The types of the escalation events, in order."""
        query = text("SELECT type FROM outbox_event WHERE type LIKE 'escalation.%' ORDER BY seq")
        engine = self.town.apps["escalation"].state.door.engine
        async with authority_session(engine, self.town.authority) as session:
            return list(await session.scalars(query))
