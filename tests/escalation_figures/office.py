"""An office in which alerts are raised, answered and counted."""

from typing import Any

from shared.auth.principal import Role
from tests.escalations.story import Story


class Office(Story):
    """What its officers and managers do, each in one line."""

    async def child_of(self, team: str | None, reference: str, **more: Any) -> dict[str, Any]:
        """A child of a team."""
        body = {"team": team} | more if team else more
        return (await self.town.put(f"/v1/children/{reference}", body)).json()

    async def raise_one(self, child: str | None = None, role: Role = Role.IRO, **more: Any) -> dict[str, Any]:
        """An escalation, at the foot of the ladder if nothing else is said."""
        about = {"child": child} if child else {}
        body = {"theme": "no_evidence_of_visits", "concern": "No visit.", **about, **more}
        return await self._done("", body, role)

    async def alert(self, child: str | None = None, **more: Any) -> dict[str, Any]:
        """A practice alert, raised as such."""
        return await self.raise_one(child, kind="practice_alert", because="It is grave.", **more)

    async def all(self) -> list[dict[str, Any]]:
        """Every escalation there is, as the list shows it."""
        found = (await self.read("?limit=200", Role.IRO_MANAGER)).json()
        assert found["next"] is None
        return found["items"]

    async def do(
        self, escalation: dict[str, Any], verb: str, role: Role = Role.IRO, **body: Any
    ) -> dict[str, Any]:
        """A step of an escalation, which must succeed."""
        return await self._done(f"/{escalation['id']}/{verb}", body, role)

    async def answer(
        self,
        escalation: dict[str, Any],
        *promised_for: str,
        then: str | None = None,
        role: Role = Role.TEAM_MANAGER,
    ) -> dict[str, Any]:
        """An answer that is sent, with actions promised for these days, and perhaps decided on at once."""
        promises = [{"action": "A visit.", "due_on": day} for day in promised_for]
        body = {"answer": "We were short of staff.", "promises": promises, "send": True}
        answer = await self._done(f"/{escalation['id']}/responses", body, role)
        if then is not None:
            await self.decide(escalation, answer, then)
        return answer

    async def decide(self, escalation: dict[str, Any], answer: dict[str, Any], verb: str) -> None:
        """The officer's decision on an answer."""
        path = f"/{escalation['id']}/responses/{answer['id']}/{verb}"
        await self._done(path, {"because": "It says no day."}, Role.IRO_MANAGER)

    async def promises(self, escalation: dict[str, Any]) -> list[dict[str, Any]]:
        return (await self.read(f"/{escalation['id']}/promises")).json()["items"]

    async def promise(self, escalation: dict[str, Any], number: int, verb: str, **body: Any) -> None:
        """What becomes of a promise, by its number from 0."""
        promise = (await self.promises(escalation))[number]["id"]
        await self._done(f"/{escalation['id']}/promises/{promise}/{verb}", body, Role.IRO_MANAGER)

    async def figures(self, which: str, role: Role = Role.ANALYST, **asked: Any) -> dict[str, Any]:
        """Figures as they are shown."""
        answer = await self.asked_for(f"/v1/escalation_figures/{which}", role, **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def asked_for(self, path: str, role: Role = Role.ANALYST, **asked: Any) -> Any:
        query = "&".join(f"{name.rstrip('_')}={value}" for name, value in asked.items())
        return await self.town.ask("escalation", "GET", f"{path}?{query}", role=role)

    async def _done(self, path: str, body: Any, role: Role) -> dict[str, Any]:
        person = f"Bearer {self.town.token(role, role.value)}"  # nobody decides on their own answer
        answer = await self.post(path, body, role, authorization=person)
        assert answer.is_success, (path, answer.text)
        return answer.json()
