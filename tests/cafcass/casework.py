"""What the tests of referrals tell again and again: a child in care, a concern, and the way to Cafcass."""

from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.auth.principal import Role
from shared.db.session import authority_session
from tests.escalations.story import CONCERN, Story
from tests.town import Town

ACCOUNT: dict[str, Any] = {
    "breach": "The review's decisions were not carried out.",
    "remedy": "That the plan is carried out.",
    "impact": "She has changed school twice.",
    "timetable": "Her placement ends in March.",
    "children": [
        {
            "child": "C-1",
            "views": "I want somebody to listen.",
            "consent": "given",
            "advocate_offered": True,
            "advocate": "Voices, 01234 567890",
        }
    ],
}
SECOND = Role.SENIOR_MANAGER


@dataclass
class Casework:
    """An officer's work on referrals; `manager-2` is the second person."""

    story: Story

    @property
    def town(self) -> Town:
        return self.story.town

    async def in_care(self, reference: str = "C-1", started_on: str = "2026-06-01", **child: Any) -> None:
        """A child who is looked after, under a care order."""
        period = reference.replace("C", "CP")
        await self.town.put(f"/v1/children/{reference}", child)
        await self.town.put(f"/v1/care_periods/{period}", {"child": reference, "started_on": started_on})
        status = {"care_period": period, "status": "C2", "from_on": started_on}
        await self.town.put(f"/v1/legal_statuses/{period}", status)

    async def raised(self, *references: str, **more: Any) -> str:
        """The id of a concern about these children, who are in care."""
        whom = references or ("C-1",)
        for reference in whom:
            await self.in_care(reference)
        about = {"child": whom[0]} if len(whom) == 1 else {"child": None, "children": whom}
        answer = await self.story.post("", CONCERN | about | more)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def begin(self, escalation: str, body: Any = None, **how: Any) -> httpx.Response:
        return await self.story.post(f"/{escalation}/cafcass_referrals", body, **how)

    async def begun(self, *references: str, **body: Any) -> dict[str, Any]:
        """A referral begun about these children."""
        answer = await self.begin(await self.raised(*references), body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def drafted(self, **account: Any) -> dict[str, Any]:
        """A referral of C-1 that says all that it must."""
        return await self.written((await self.begun())["id"], ACCOUNT | account)

    async def approved(self, **account: Any) -> dict[str, Any]:
        """A referral of C-1 that a second person approved."""
        referral = await self.drafted(**account)
        await self.done(referral["id"], "ask_approval")
        return await self.done(referral["id"], "approve", role=SECOND)

    async def referred(self) -> dict[str, Any]:
        """A referral of C-1 that was sent."""
        return await self.done((await self.approved())["id"], "refer")

    async def write(self, referral: str, body: Any, **how: Any) -> httpx.Response:
        if "if_match" not in how:
            how["if_match"] = (await self.get(referral)).headers["etag"]
        return await self.ask("PUT", f"/{referral}", body, **how)

    async def recorded(self, decided: str = "A visit to the school.") -> None:
        """Of C-1: a review held late, what it decided, which was not done, and a check that found drift."""
        put = self.town.put
        await put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2026-07-10"})
        decision = {"review": "R-1", "what": decided, "owner": "sw-1", "due_on": "2026-08-01"}
        await put("/v1/decisions/D-1", decision)
        check = {"care_period": "CP-1", "officer": "iro-1", "completed_on": "2026-09-01", "finding": "drift"}
        await put("/v1/midpoint_checks/M-1", check)

    async def answered(
        self, escalation: str, decide: str | None = "accept", role: Role = Role.TEAM_MANAGER
    ) -> None:
        """The concern is answered with a promise, and the officer decides, unless that waits."""
        promised = {"action": "Visit.", "due_on": "2026-12-01"}
        draft = {"answer": "We will visit.", "promises": [promised]}
        manager = {"authorization": f"Bearer {self.town.token(role, 'manager-1')}"}
        path = f"/{escalation}/responses"
        made = await self.story.post(path, draft, **manager)
        assert made.status_code == 201, made.text
        response = f"{path}/{made.json()['id']}"
        sent = await self.story.post(f"{response}/send", {}, **manager)
        assert sent.status_code == 200, sent.text
        if decide is not None:
            decided = await self.story.post(f"{response}/{decide}", {"because": "As it is."})
            assert decided.status_code == 200, decided.text

    async def leaves_care(self, on: str = "2026-11-20") -> None:
        """C-1 is looked after until this day."""
        held = await self.town.ask("reviews", "GET", "/v1/care_periods/CP-1")
        ended = {"child": "C-1", "started_on": "2026-06-01", "ended_on": on}
        await self.town.put("/v1/care_periods/CP-1", ended, if_match=held.headers["etag"])

    async def alert(self, referral: str) -> str:
        """The path of the escalation that a referral belongs to."""
        return f"/{(await self.get(referral)).json()['escalation_id']}"

    async def bundle(self, referral: str, **how: Any) -> dict[str, Any]:
        answer = await self.document(referral, **how)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def document(self, referral: str, **how: Any) -> httpx.Response:
        return await self.ask("GET", f"/{referral}/bundle", **how)

    async def page(self, referral: str, **how: Any) -> httpx.Response:
        return await self.ask("GET", f"/{referral}/bundle.html", **how)

    async def written(self, referral: str, body: Any) -> dict[str, Any]:
        answer = await self.write(referral, body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def do(self, referral: str, verb: str, body: Any = None, **how: Any) -> httpx.Response:
        return await self.ask("POST", f"/{referral}/{verb}", body, **how)

    async def done(self, referral: str, verb: str, body: Any = None, **how: Any) -> dict[str, Any]:
        answer = await self.do(referral, verb, body, **how)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def get(self, referral: str, role: Role = Role.IRO) -> httpx.Response:
        return await self.ask("GET", f"/{referral}", role=role)

    async def listed(self, query: str = "", role: Role = Role.IRO) -> list[dict[str, Any]]:
        answer = await self.ask("GET", query, role=role)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["items"]
        return found

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        role: Role = Role.IRO,
        by: str | None = None,
        **how: str,
    ) -> httpx.Response:
        """One request by a person of this role; by default each role is one person."""
        subject = by or f"{role.value}-1"
        token = {"authorization": f"Bearer {self.town.token(role, subject)}"}
        return await self.town.ask("escalation", method, f"/v1/cafcass_referrals{path}", body, **token, **how)

    async def refused_by_the_database(self, sql: str) -> bool:
        """Whether the service's own role, by plain SQL, breaks a rule of the table."""
        engine = self.town.apps["escalation"].state.door.engine
        try:
            async with authority_session(engine, self.town.authority) as session:
                await session.execute(text(sql))
        except IntegrityError:
            return True
        return False

    async def told(self) -> list[str]:
        """The types of the events of referrals, in order."""
        query = text("SELECT type FROM outbox_event WHERE type LIKE 'cafcass.%' ORDER BY seq")
        engine = self.town.apps["escalation"].state.door.engine
        async with authority_session(engine, self.town.authority) as session:
            return list(await session.scalars(query))
