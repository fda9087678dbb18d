"""What a case system tells of one child or officer: histories and their facts, and what is due by them."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from tests.town import Town

Shown = dict[str, Any]

SUPERVISION, APPROVAL, INTERVIEW = "iro-supervision", "temp-carer-approval", "missing-rhi"
PAUSE = {"from_on": "2026-11-24", "until_on": "2026-11-30"}


@dataclass
class Record:
    """`told` and `granted` must succeed and return the answer; `tell` and `grant` return whatever was answered."""

    town: Town
    history: str = "H-1"
    etags: dict[str, str] = field(default_factory=dict)

    async def opened(self, kind: str, **child: Any) -> None:
        """A child known to the council, and a history of theirs."""
        await self.town.put("/v1/children/C-1", child)
        await self.town.put("/v1/histories/H-1", {"kind": kind, "child": "C-1"})

    async def in_care(self, started_on: str = "2026-09-01", **period: Any) -> None:
        """A child who became looked after, and whose care is the history."""
        self.history = "CP-1"
        await self.town.put("/v1/children/C-1", {})
        await self.town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": started_on} | period)

    async def officer(self, started_on: str = "2026-11-02") -> Shown:
        """An officer who started, or whose start is corrected."""
        return succeeded(await self.put("/v1/workers/iro-1", {"role": "iro", "started_on": started_on}))

    async def returned(self, at: str = "2026-11-21T12:30:00Z") -> None:
        """A child came home from a time missing; the interview is owed within 72 hours."""
        await self.returned_in("H-1", at)

    async def returned_in(self, history: str, at: str = "2026-11-21T12:30:00Z") -> None:
        """The same, in a history of this reference."""
        self.history = history
        await self.town.put("/v1/children/C-1", {})
        await self.town.put(f"/v1/histories/{history}", {"kind": "missing_episode", "child": "C-1"})
        await self.told("F-returned", "child.returned", at)

    async def approved(self, on: str = "2026-08-10") -> None:
        """An aunt was approved for 16 weeks, which end on 30 November 2026."""
        await self.in_care("2026-08-01")
        await self.told("F-approved", "temporary_approval.given", on)

    async def place(self, reference: str, started_on: str, **fields: Any) -> httpx.Response:
        """The child moves into a foster placement, or what `fields` say."""
        body = {"care_period": self.history, "started_on": started_on, "placement_type": "foster"}
        return await self.put(f"/v1/placements/{reference}", body | fields)

    async def placed(self, reference: str, started_on: str, **fields: Any) -> Shown:
        return succeeded(await self.place(reference, started_on, **fields))

    async def tell(
        self, reference: str, kind: str, when: str | None = None, role: Role = Role.CASE_SYSTEM, **fields: Any
    ) -> httpx.Response:
        """A fact is put; `when` is a day or an instant."""
        body: Shown = {"history": self.history, "kind": kind}
        if when is not None:
            body["happened_at" if "T" in when else "happened_on"] = when
        return await self.put(f"/v1/facts/{reference}", body | fields, role)

    async def put(self, path: str, body: Shown, role: Role = Role.CASE_SYSTEM) -> httpx.Response:
        """A PUT by somebody who has read the newest version."""
        known = {"if_match": self.etags[path]} if path in self.etags else {}
        answer = await self.town.ask("reviews", "PUT", path, body, role=role, **known)
        if answer.is_success:
            self.etags[path] = answer.headers["etag"]
        return answer

    async def told(self, reference: str, kind: str, when: str, **fields: Any) -> Shown:
        return succeeded(await self.tell(reference, kind, when, **fields))

    async def withdrawn(self, reference: str, what: str = "facts", because: str = "A mistake.") -> Shown:
        answer = await self.withdraw(reference, what, because)
        self.etags[f"/v1/{what}/{reference}"] = answer.headers.get("etag", "")
        return succeeded(answer)

    async def withdraw(
        self, reference: str, what: str = "facts", because: str = "A mistake."
    ) -> httpx.Response:
        return await self.town.ask(
            "reviews", "POST", f"/v1/{what}/{reference}/withdraw", {"because": because}
        )

    async def grant(self, reference: str, timescale: str, kind: str, **fields: Any) -> httpx.Response:
        """An exemption is put for the latest deadline of a timescale."""
        body = {"kind": kind, "because": "Nobody could be there.", "approved_by": "manager-1"} | fields
        return await self.put(
            f"/v1/exemptions/{reference}", {"deadline": str(await self.id_of(timescale))} | body
        )

    async def granted(self, reference: str, timescale: str, kind: str, **fields: Any) -> Shown:
        return succeeded(await self.grant(reference, timescale, kind, **fields))

    async def id_of(self, timescale: str) -> Any:
        return (await self.rows(timescale))[-1].id

    async def rows(self, timescale: str) -> list[Any]:
        """The stored deadlines of one timescale, by start."""
        return await self.town.rows(
            "SELECT * FROM deadline WHERE timescale = :t ORDER BY starts_on, starts_at, id", t=timescale
        )

    async def due(self, timescale: str) -> list[tuple[str, str]]:
        """When the deadlines of one timescale are due, and how each stands, by start."""
        return [(str(row.due_on), row.outcome) for row in await self.rows(timescale)]

    async def breaches(self, timescale: str) -> list[tuple[int, str | None]]:
        """The breaches of one timescale: of which version, and why each fell away, if it did."""
        rows = await self.town.rows(
            "SELECT b.version, b.withdrawn_because FROM breach b JOIN deadline d ON d.id = b.deadline_id"
            " WHERE d.timescale = :t ORDER BY b.deadline_id, b.version",
            t=timescale,
        )
        return [(row.version, row.withdrawn_because) for row in rows]

    async def sweep(self) -> None:
        """The scheduler notices what is due now."""
        engine = self.town.apps["scheduler"].state.door.engine
        await sweep(engine, self.town.authority, self.town.clock.now())

    async def events(self, *types: str) -> list[str]:
        """The types of the events so far, in order; only those asked for."""
        rows = await self.town.rows("SELECT type FROM outbox_event ORDER BY seq")
        return [row.type for row in rows if not types or row.type in types]


def succeeded(answer: httpx.Response) -> Shown:
    assert answer.is_success, answer.text
    shown: Shown = answer.json()
    return shown


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code with which something was refused."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def now_due(shown: Shown) -> dict[str, str]:
    """The open deadlines that came with an answer: the day of each by its timescale."""
    return {each["timescale"]: each["due_on"] for each in shown["deadlines"]}
