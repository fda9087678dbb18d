"""A small council made of the documents' own examples: four children, and a record of every kind for each."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from services.cli.demo.api import Api
from shared.auth.principal import Role
from shared.http.examples import sent
from tests.schemas.roles import role_for

REFERENCES = [f"C-{1001 + n}" for n in range(4)]
OURS = ("reference", "child", "care_period", "history", "review", "checklist", "officer", "chair", "worker")
WRITTEN_ON = date(2026, 11, 23)  # the day on which the examples speak
DATE = re.compile(r"20\d\d-\d\d-\d\d")
# What the examples call a child, and what is that child's. Here all of it bears the one reference.
OF_THE_CHILD = re.compile(r'"(C-1001|C-1042|CP-1001-1|R-1001-1|R-1001-3|CL-review|iro-3|FAM-311)"')
# Decisions are made at a review that was held; and of four children no hundred can be drawn.
OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "/v1/reviews/{reference}": {"scheduled_on": "2026-11-19", "held_on": "2026-11-19"},
    "/v1/dip_samples/{reference}": {"whole": True, "size": 1},
}
APPROVAL = "temp-carer-approval"
REASONED = {"approved_by": "manager-2", "because": "The panel meets again in spring."}
LISTENER = {"url": "http://127.0.0.1:9/nobody"}


@dataclass
class Council:
    """`known` is what a parameter of each name may be, to find something."""

    api: Api
    documents: Mapping[str, Any]
    today: date
    known: dict[str, list[str]] = field(default_factory=lambda: dict.fromkeys(OURS, REFERENCES))

    async def settle(self) -> None:
        """Tell every record. Raises CommandRefused where a service does not take its own example."""
        for reference in REFERENCES:
            for path in self.records():
                # A history may not be called as a care period is: either is where facts happen.
                await self.put(path, f"H-{reference}" if "histories" in path else reference)
        for _ in REFERENCES:
            await self.post("escalation_api", "/v1/escalations", "id")
            await self.post("scheduler", "/v1/subscriptions", "subscription_id", LISTENER)
            await self.post("reviews_api", "/v1/calendar_links", "link_id")
        await self.post("scheduler", "/v1/calendar/days", "day_id")
        for escalation in self.known["id"][1:]:
            await self.answer(escalation, accepted=escalation == self.known["id"][-1])
        for escalation in self.known["id"]:
            begun = await self.api.ask(
                Role.IRO_MANAGER,
                "POST",
                "escalation_api",
                f"/v1/escalations/{escalation}/cafcass_referrals",
                {},
            )
            self.known.setdefault("referral_id", []).append(begun["id"])
        self.known["code"] = ["no_core_group"]

    async def answer(self, escalation: str, *, accepted: bool) -> None:
        """An answer that waits, or one whose promises are followed."""
        path = f"/v1/escalations/{escalation}"
        body = self.example("escalation_api", "post", "/v1/escalations/{id}/responses", REFERENCES[0])
        sent = {"send": True, "promises": [{"action": "A visit.", "due_on": self.today.isoformat()}]}
        made = await self.api.ask(
            Role.TEAM_MANAGER, "POST", "escalation_api", f"{path}/responses", body | sent
        )
        self.known.setdefault("response_id", []).append(made["id"])
        if accepted:
            decide = f"{path}/responses/{made['id']}/accept"
            await self.api.ask(Role.IRO_MANAGER, "POST", "escalation_api", decide, {})
            promised = await self.api.ask(Role.IRO_MANAGER, "GET", "escalation_api", f"{path}/promises")
            self.known["promise_id"] = [each["id"] for each in promised["items"]]

    def records(self) -> Iterator[str]:
        """The addresses at which a record is put, in the order in which each rests on those before."""
        paths = self.documents["reviews_api"]["paths"]
        return (path for path in paths if "put" in paths[path] and path.count("{") == 1)

    async def put(self, path: str, reference: str) -> None:
        body = self.example("reviews_api", "put", path, reference.removeprefix("H-"))
        if path == "/v1/exemptions/{reference}":
            body = await self.extension(reference)
        await self.ask("PUT", "reviews_api", path, body, reference)

    async def extension(self, reference: str) -> Any:
        """An exemption from a timescale that allows one: the document's own example is of a council's practice."""
        fact = {
            "history": reference,
            "kind": "temporary_approval.given",
            "happened_on": self.today.isoformat(),
        }
        await self.ask("PUT", "reviews_api", "/v1/facts/{reference}", fact, f"A-{reference}")
        child = await self.ask("GET", "reviews_api", "/v1/children/{reference}", None, reference)
        for name in ("deadline_id", "deadline"):
            self.known.setdefault(name, []).extend(each["id"] for each in child["deadlines"])
        found = next(each["id"] for each in child["deadlines"] if each["timescale"] == APPROVAL)
        until = (self.today + timedelta(days=120)).isoformat()
        return {"deadline": found, "kind": "extension", "until_on": until} | REASONED

    async def post(self, service: str, path: str, names: str, body: Any = None) -> None:
        made = await self.ask(
            "POST", service, path, body or self.example(service, "post", path, REFERENCES[0])
        )
        self.known.setdefault(names, []).append(made["id"])

    async def ask(self, method: str, service: str, path: str, body: Any, reference: str = "") -> Any:
        role = role_for(service, f"{method} {path}")
        return await self.api.ask(role, method, service, path.replace("{reference}", reference), body)

    def example(self, service: str, method: str, path: str, reference: str) -> Any:
        """What the document shows, of this child, on days that lie about today as they do about the day it was
        written on."""
        document = self.documents[service]
        shown = json.dumps(sent(document, document["paths"][path][method]) | OTHERWISE.get(path, {}))
        return json.loads(DATE.sub(self.moved, OF_THE_CHILD.sub(f'"{reference}"', shown)))

    def moved(self, found: re.Match[str]) -> str:
        weeks = (self.today - WRITTEN_ON).days // 7  # whole ones: what is on a working day stays on one
        return (date.fromisoformat(found[0]) + timedelta(weeks=weeks)).isoformat()
