"""What is told of an officer and of their children, in few words, and the calendar that comes of it."""

from dataclasses import dataclass
from typing import Any

import httpx
from icalendar import Calendar
from sqlalchemy import text

from shared.auth.principal import Role
from tests.town import Town

IRO = {"role": "iro", "team": "safeguarding", "started_on": "2024-09-02", "subject": "sub-jo"}


@dataclass
class Bench:
    """A council; what is told in the past tense must be taken."""

    town: Town

    async def worked(self, reference: str = "iro-1", **fields: Any) -> str:
        """Somebody works for the council; returns our id of them."""
        answer = await self.town.put(f"/v1/workers/{reference}", IRO | fields, if_match="*")
        return str(answer.json()["id"])

    async def child(self, reference: str, officer: str | None = "iro-1", **known: Any) -> str:
        """A child in care since 2 November, perhaps with an officer; returns our id of the child."""
        answer = await self.town.put(f"/v1/children/{reference}", {"display_name": "CanaryQ7"} | known)
        period = {"child": reference, "started_on": "2026-11-02"}
        await self.town.put(f"/v1/care_periods/P-{reference}", period)
        if officer is not None:
            body = {
                "care_period": f"P-{reference}",
                "officer": officer,
                "allocated_at": "2026-11-03T09:00:00Z",
            }
            await self.town.put(f"/v1/allocations/A-{reference}", body)
        return str(answer.json()["id"])

    async def review(self, reference: str, child: str, on: str) -> str:
        body = {"care_period": f"P-{child}", "scheduled_on": on}
        return str((await self.town.put(f"/v1/reviews/{reference}", body, if_match="*")).json()["id"])

    async def link(
        self, officer: str = "iro-1", role: Role = Role.IRO, subject: str = "sub-jo", **headers: str
    ) -> httpx.Response:
        return await self.as_(subject, role, "POST", "/v1/calendar_links", {"officer": officer}, **headers)

    async def path(self) -> str:
        """The address of a new link, as its officer was shown it."""
        answer = await self.link()
        assert answer.status_code == 201, answer.text
        return str(answer.json()["path"])

    async def as_(
        self, subject: str, role: Role, method: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        """A request by somebody of that name."""
        bearer = f"Bearer {self.town.token(role, subject)}"
        return await self.town.ask("reviews", method, path, body, authorization=bearer, **headers)

    async def fetch(self, path: str, **headers: str) -> httpx.Response:
        """What a calendar program gets, which has no token."""
        transport = httpx.ASGITransport(self.town.apps["reviews"], raise_app_exceptions=False)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with httpx.AsyncClient(transport=transport, base_url="http://duecare.test") as client:
            return await client.get(path, headers=sent)

    async def calendar(self, path: str) -> dict[str, Any]:
        """The entries of a calendar by their UIDs."""
        answer = await self.fetch(path)
        assert answer.status_code == 200, answer.text
        events = Calendar.from_ical(answer.content).events
        found = {str(each["UID"]): each for each in events}
        assert len(found) == len(events)
        return found

    async def plant(self, sql: str, **values: Any) -> None:
        """Change something as only the owner of the database may."""
        async with self.town.owner.begin() as connection:
            confine = text("SELECT set_config('duecare.authority', :a, true)")
            await connection.execute(confine, {"a": self.town.authority})
            await connection.execute(text(sql), values | {"a": self.town.authority})
