"""Events as they arrive: a line for each way that one comes by."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rich.console import Console

from services.cli.console import CommandRefused
from services.cli.demo.api import Api
from services.cli.demo.receiver import Heard, Receiver, Way
from shared.auth.principal import Role
from shared.clock import Clock
from shared.timescales.london import LONDON

WANTED = {
    "care_period.started",
    "iro.allocated",
    "review.held",
    "deadline.breached",
    "breach.withdrawn",
    "escalation.suggested",
    "escalation.raised",
    "escalation.resolved",
    "alert.unanswered",
}
BREACH, UNANSWERED = "deadline.breached", "alert.unanswered"
IN_WORDS = {Way.WEBHOOK: "signed webhook, verified", Way.STREAM: "live stream", Way.FEED: "feed"}
Hearing = asyncio.Queue[Heard]
NOT_OURS = "A webhook arrived whose signature does not verify; it was refused."


async def subscribe(api: Api, receiver: Receiver) -> None:
    """Subscribe the receiver, once the subscriptions that earlier demonstrations left have been ended."""
    path = receiver.url.rpartition("/")[2]
    held = await api.ask(Role.OPERATOR, "GET", "scheduler", "/v1/subscriptions")
    for each in held["subscriptions"]:
        if (
            each["ended_at"] is None
            and each["url"].startswith("http://127.0.0.1:")
            and each["url"].endswith(path)
        ):
            await api.ask(Role.OPERATOR, "DELETE", "scheduler", f"/v1/subscriptions/{each['id']}")
    wanted = {"url": receiver.url, "types": sorted(WANTED)}
    made = await api.ask(Role.OPERATOR, "POST", "scheduler", "/v1/subscriptions", wanted)
    receiver.secret.set_result(made["secret"])


class Live:
    """Prints what is heard. `titles` are the timescales' by code, `references` the children's by id."""

    def __init__(
        self, api: Api, console: Console, clock: Clock, titles: Mapping[str, str], references: dict[str, str]
    ) -> None:
        self.api, self.console, self.clock = api, console, clock
        self.titles, self.references = titles, references

    async def show(self, hearing: Hearing) -> Heard:
        """Wait for the next event and print it; returns it."""
        heard = await hearing.get()
        self.console.print(await self._line(heard))
        return heard

    async def _line(self, heard: Heard) -> str:
        at = f"{self.clock.now().astimezone(LONDON):%H:%M:%S}"
        if not heard.verified:
            return f"{at} {NOT_OURS}"
        noun, _, verb = heard.event["type"].partition(".")
        data = heard.event["data"]
        title = self._title(noun, data)
        child = await self._reference(data.get("child_id"))
        return f"{at} {verb:<10} {title:<28} child {child}  ({IN_WORDS[heard.way]})"

    def _title(self, noun: str, data: Mapping[str, Any]) -> str:
        if noun in ("deadline", "breach", "alert"):
            return self.titles.get(data["timescale"], data["timescale"])
        return str(data.get("kind", noun)).replace("_", " ").capitalize()

    async def _reference(self, child_id: str | None) -> str:
        if child_id is None:
            return "-"
        if child_id not in self.references:
            try:
                page = await self.api.ask(Role.CASE_SYSTEM, "GET", "reviews_api", f"/v1/children/{child_id}")
                self.references[child_id] = page["reference"]
            except CommandRefused:
                return child_id
        return self.references[child_id]


class Wanted:
    """What must have been heard before a demonstration without a person ends: by each way a breach that fell due after
    `started` (UTC), and by webhook that nobody answered the alert with this id, if there is one."""

    def __init__(self, started: datetime, alert: str | None) -> None:
        self.started, self.alert = started, alert
        self.left = {(BREACH, way) for way in Way} | ({(UNANSWERED, Way.WEBHOOK)} if alert else set())

    def hear(self, heard: Heard) -> None:
        """Strike off what this is."""
        if heard.verified and self._is_ours(heard.event):
            self.left.discard((heard.event["type"], heard.way))

    def _is_ours(self, event: Mapping[str, Any]) -> bool:
        if event["type"] == BREACH:
            return bool(datetime.fromisoformat(event["data"]["due_at"]) > self.started)
        return bool(event["subject"] == f"escalation/{self.alert}")

    def __str__(self) -> str:
        return ", ".join(f"{kind} by {way}" for kind, way in sorted(self.left))
