"""Climbing a ladder in a test: an escalation, and everybody's steps on it, each in a person's own name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from shared.auth.principal import Role
from tests.town import Town

WORDS: dict[str, Any] = {
    "advance": {"because": "The child cannot wait."},
    "ask_again": {"reason": "No date was given."},
    "resolve": {"outcome": "Visited; the plan was changed."},
    "withdraw": {"reason": "Raised in error."},
    "supersede": {"reason": "The child has left care."},
    "reopen": {"reason": "The visits stopped again."},
    "retract": {"reason": "Recorded in error."},
    "accept": {},
    "dismiss": {"reason": "It was done in time."},
    "reject": {"because": "It names no date."},
    "accept_partly": {"because": "The second visit is still wanting."},
}
"""What is said with a step, where a test does not say."""
PEOPLE = {
    Role.IRO: "iro-1",
    Role.CP_CHAIR: "chair-1",
    Role.IRO_MANAGER: "iro-manager-1",
    Role.TEAM_MANAGER: "manager-1",
    Role.SENIOR_MANAGER: "head-1",
    Role.SOCIAL_WORKER: "worker-1",
}


@dataclass
class Ladder:
    """One escalation of a town, by its id."""

    town: Town
    id: str

    async def take(
        self, step: str, body: Any = None, role: Role = Role.IRO, by: str | None = None, **headers: str
    ) -> httpx.Response:
        """One step, whatever the answer; `step` may name an answer or a promise: `responses/{id}/accept`."""
        said = WORDS.get(step.rsplit("/", 1)[-1]) if body is None else body
        return await self.ask("POST", f"/{step}", said, role, by, **headers)

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        role: Role = Role.IRO,
        by: str | None = None,
        **headers: str,
    ) -> httpx.Response:
        """A request about it by somebody with this role."""
        token = self.town.token(role, by or PEOPLE.get(role, "somebody"))
        headers = {"authorization": f"Bearer {token}"} | headers
        return await self.town.ask("escalation", method, f"/v1/escalations/{self.id}{path}", body, **headers)

    async def done(self, step: str, body: Any = None, role: Role = Role.IRO, **how: str) -> dict[str, Any]:
        """A step that must be taken; what it answers."""
        return taken(await self.take(step, body, role, **how))

    async def refused(self, step: str, body: Any = None, role: Role = Role.IRO, **how: str) -> dict[str, Any]:
        """A step that is refused and changes nothing: the problem, with its status."""
        before = await self.whole()
        answer = await self.take(step, body, role, **how)
        problem = why_not(answer)
        assert await self.whole() == before
        return problem

    async def read(self) -> dict[str, Any]:
        return taken(await self.ask("GET", ""))

    async def whole(self) -> list[dict[str, Any]]:
        """Everything that is kept of it: itself, its answers, promises, clocks and events."""
        parts = [taken(await self.ask("GET", path)) for path in ("", "/responses", "/promises")]
        return [*parts, {"clocks": await self.clocks()}, {"told": await self.told()}]

    async def draft(self, *promises: str, role: Role = Role.TEAM_MANAGER, **body: Any) -> dict[str, Any]:
        """An answer is drafted that promises an action for each of these days."""
        offered = [{"action": "The social worker visits.", "due_on": day} for day in promises]
        said = {"answer": "Two visits were missed.", "promises": offered} | body
        return await self.done("responses", said, role)

    async def answer(self, *promises: str, role: Role = Role.TEAM_MANAGER) -> str:
        """It is answered at once; the answer's id."""
        return str((await self.draft(*promises, role=role, send=True))["id"])

    async def decide(self, how: str, *promises: str, role: Role = Role.TEAM_MANAGER, **body: Any) -> None:
        """It is answered, and the officer accepts that, accepts it partly, or rejects it."""
        answer = await self.answer(*promises, role=role)
        await self.done(f"responses/{answer}/{how}", WORDS[how] | body)

    async def promises(self) -> list[dict[str, Any]]:
        return list(taken(await self.ask("GET", "/promises"))["items"])

    async def responses(self) -> list[dict[str, Any]]:
        return list(taken(await self.ask("GET", "/responses"))["items"])

    async def clocks(self, timescale: str | None = None) -> list[tuple[str, date, str]]:
        """Every clock it ever had: which, for which day, and what became of it; in the order of the days."""
        rows = await self.town.rows(
            "SELECT timescale, due_on, outcome FROM deadline WHERE history_id = :id AND outcome <> 'withdrawn' "
            "ORDER BY due_on, timescale",
            id=self.id,
        )
        return [
            (row.timescale, row.due_on, row.outcome) for row in rows if timescale in (None, row.timescale)
        ]

    async def told(self) -> list[str]:
        """The types of the events about it, in order."""
        rows = await self.town.rows(
            "SELECT type FROM outbox_event WHERE subject_id = :id ORDER BY seq", id=self.id
        )
        return [row.type for row in rows]


def taken(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    return dict(answer.json())


def why_not(answer: httpx.Response) -> dict[str, Any]:
    """The problem for which something was refused; its `code` is the last word of its type."""
    assert answer.is_client_error, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    return dict(problem) | {"code": problem["type"].rpartition(":")[2]}
