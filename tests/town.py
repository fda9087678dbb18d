"""A made-up council for one test: an authority, three services on a real database, tokens for its people."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.auth.local_issuer import LocalIssuer
from shared.auth.principal import Role
from shared.clock import FixedClock
from shared.db.engine import WAITS, connect
from shared.db.session import authority_session
from shared.settings import Settings
from tests.lending import lent, renewing

_held: dict[tuple[str, str | None, asyncio.AbstractEventLoop], AsyncEngine] = {}
# What a test itself builds and looks at waits as long as a stalled disk does; the services keep their own bounds.
PATIENT = {"statement_timeout": "60s", "lock_timeout": "30s", "idle_in_transaction_session_timeout": "60s"}


def held(database_url: str, role: str | None) -> AsyncEngine:
    """A pool of connections that act as `role` (None: as the owner), the same for every town of one loop."""
    key = database_url, role, asyncio.get_running_loop()
    if key not in _held:
        _held[key] = renewing(connect(database_url, role, name="tests", pool_size=4, waits=PATIENT))
    return _held[key]


@asynccontextmanager
async def hurried(database_url: str, role: str, lasts: str) -> AsyncIterator[AsyncEngine]:
    """Connections of a service whose transactions are to be over so soon."""
    waits = WAITS | {"transaction_timeout": lasts}
    engine = connect(database_url, role, name="tests", pool_size=2, waits=waits)
    try:
        yield engine
    finally:
        await engine.dispose()


@dataclass
class Town:
    """`reviews`, `escalation` and `scheduler` are the applications; `ask` sends one request to one of them."""

    authority: str
    database_url: str
    clock: FixedClock
    issuer: LocalIssuer
    owner: AsyncEngine
    settings: Settings
    apps: dict[str, FastAPI] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def founded(
        cls,
        database_url: str,
        authority: str,
        clock: FixedClock,
        folders: pytest.TempPathFactory,
        practice: Path | None = None,
        **installed: Any,
    ) -> AsyncIterator["Town"]:
        """A council with this practice, and with whatever else is `installed`, by the names of the settings."""
        owner = held(database_url, None)
        async with owner.begin() as connection:
            await connection.execute(
                text("INSERT INTO authority (authority_id, name) VALUES (:a, :a)"), {"a": authority}
            )
        issuer = LocalIssuer(folders.mktemp("keys"), "https://id.test", "duecare")
        settings = Settings(
            DATABASE_URL=database_url,
            oidc_issuer="https://id.test",
            oidc_jwks_file=issuer.jwks_file,
            webhook_loopback=True,
            pool_size=4,
            policy=practice,
            **installed,
        )
        town = cls(authority, database_url, clock, issuer, owner, settings)
        async with lent(settings, clock) as services:
            town.apps |= services
            yield town

    def token(self, role: Role, subject: str = "somebody", at: datetime | None = None) -> str:
        return self.issuer.token(subject, self.authority, role, at or self.clock.now())

    async def ask(
        self,
        service: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        role: Role = Role.CASE_SYSTEM,
        **headers: str,
    ) -> httpx.Response:
        """One request, with a token for `role`; a POST gets a new idempotency key unless one is given.
        Header names are given with underscores: `if_match='"1"'`."""
        sent = {"authorization": f"Bearer {self.token(role)}"}
        if method == "POST":
            sent["idempotency-key"] = str(uuid4())
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        transport = httpx.ASGITransport(self.apps[service], raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://duecare.test") as client:
            content = (
                {"content": body}
                if isinstance(body, (bytes, str))
                else {"json": body}
                if body is not None
                else {}
            )
            return await client.request(method, path, headers=sent, **content)  # type: ignore[arg-type]

    async def put(self, path: str, body: Any, service: str = "reviews", **headers: str) -> httpx.Response:
        """A PUT by the case system that must succeed."""
        answer = await self.ask(service, "PUT", path, body, **headers)
        assert answer.status_code in (200, 201), answer.text
        return answer

    async def rows(self, sql: str, role: str = "duecare_auditor", **values: Any) -> list[Any]:
        """Rows that `role` sees within this authority."""
        async with authority_session(held(self.database_url, role), self.authority) as session:
            return list((await session.execute(text(sql), values)).all())

    def pass_time(self, **units: float) -> None:
        """Move the clock on: `days=1`, `hours=72`."""
        self.clock.set(self.clock.now() + timedelta(**units))
