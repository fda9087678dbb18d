"""Where the year is played: a database made anew, the three services in this process, and a clock that is moved."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI

from services.cli.console import CommandRefused
from services.cli.demo.credentials import AUDIENCE, ISSUER
from services.cli.sefton_year.deeds import Call
from services.escalation_api.app import create_app as create_escalation_api
from services.reviews_api.app import create_app as create_reviews_api
from services.scheduler.app import create_app as create_scheduler
from shared.auth.local_issuer import LocalIssuer
from shared.auth.principal import Role
from shared.clock import FixedClock, today
from shared.settings import Settings

AT_ONCE = 4


@dataclass
class Stage:
    """Three services, and everybody's way of asking them: over HTTP, with a token. `alerts` and `answers` are the ids
    that the API gave, by an escalation's name in the story: of itself, and of its latest answer."""

    authority: str
    clock: FixedClock
    issuer: LocalIssuer
    apps: dict[str, FastAPI]
    clients: dict[str, httpx.AsyncClient]
    tokens: dict[tuple[Role, str, date], str] = field(default_factory=dict)
    alerts: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        role: Role,
        service: str = "reviews",
        subject: str = "somebody",
        content: bytes | None = None,
    ) -> Any:
        """The answer to one request, as JSON. Raises CommandRefused for one that is refused."""
        headers = {"authorization": f"Bearer {self._token(role, subject)}"}
        if method == "POST":
            headers["idempotency-key"] = str(uuid4())
        if content is not None:
            headers["content-type"] = "application/x-ndjson"
        answer = await self.clients[service].request(
            method, path, headers=headers, content=content, **({} if body is None else {"json": body})
        )
        if answer.status_code >= 300:
            raise CommandRefused(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json()

    async def call(self, call: Call) -> Any:
        """The answer to one request of the story."""
        return await self.ask(
            call.method, call.path, call.body, role=call.role, service=call.service, subject=call.subject
        )

    async def ask_all(self, calls: Iterable[Call]) -> None:
        """Requests that do not rest on each other, a few at a time."""
        await self.at_once(self.call(call) for call in calls)

    async def at_once(self, asked: Iterable[Awaitable[Any]]) -> None:
        """What does not rest on each other, a few at a time."""
        waiting = iter(asked)

        async def keep_asking() -> None:
            for each in waiting:
                await each

        await asyncio.gather(*(keep_asking() for _ in range(AT_ONCE)))

    async def read_list(self, path: str, *, role: Role, service: str = "reviews") -> list[Any]:
        """All items of a list, stretch by stretch."""
        items: list[Any] = []
        following: str | None = path
        while following:
            page = await self.ask("GET", following, role=role, service=service)
            items += page["items"]
            following = page["next"]
        return items

    def _token(self, role: Role, subject: str) -> str:
        key = (role, subject, today(self.clock))
        if key not in self.tokens:
            self.tokens[key] = self.issuer.token(subject, self.authority, role, self.clock.now(), hours=24)
        return self.tokens[key]


@asynccontextmanager
async def set_stage(settings: Settings, database_url: str, keys: Path, now: datetime) -> AsyncIterator[Stage]:
    """The services on this database, which is there and migrated; the clock stands at `now` (UTC)."""
    issuer, clock = LocalIssuer(keys, ISSUER, AUDIENCE), FixedClock(now)
    believing = {
        "database_url": database_url,
        "oidc_issuer": ISSUER,
        "oidc_audience": AUDIENCE,
        "oidc_jwks_url": None,
        "oidc_jwks_file": issuer.jwks_file,
    }
    settings = settings.model_copy(update=believing)
    apps = {
        "reviews": create_reviews_api(settings, clock),
        "escalation": create_escalation_api(settings, clock),
        "scheduler": create_scheduler(settings, clock),
    }
    try:
        async with asking(settings.authority, clock, issuer, apps) as stage:
            yield stage
    finally:
        for app in apps.values():
            await app.state.door.engine.dispose()


@asynccontextmanager
async def asking(
    authority: str, clock: FixedClock, issuer: LocalIssuer, apps: dict[str, FastAPI]
) -> AsyncIterator[Stage]:
    """A way of asking these services, which are there already."""
    async with AsyncExitStack() as stack:
        clients = {name: await stack.enter_async_context(_client(app)) for name, app in apps.items()}
        yield Stage(authority, clock, issuer, apps, clients)


def _client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://duecare.invalid", timeout=120)
