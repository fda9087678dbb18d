"""The three services as a caller sees them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx

from services.cli.console import CommandRefused
from services.cli.ports import base_url
from shared.auth.principal import Role
from shared.settings import Settings

SILENT = 30.0  # seconds without a word after which a stream has broken; one that waits says so every 15


class Api:
    """Asks the services, in the role that each question is for."""

    def __init__(self, settings: Settings, tokens: Mapping[Role, str], client: httpx.AsyncClient) -> None:
        self.settings, self.tokens, self.client = settings, tokens, client

    async def is_ready(self, service: str) -> bool:
        """Whether the service says that it can do its work."""
        try:
            answer = await self.client.get(f"{base_url(self.settings, service)}/readyz")
        except httpx.HTTPError:
            return False
        return answer.status_code == 200

    async def ask(self, role: Role, method: str, service: str, path: str, body: Any = None) -> Any:
        """The body of the answer. Raises CommandRefused, with the problem in the service's own words."""
        headers = self._headers(role)
        if method == "POST":
            headers["idempotency-key"] = str(uuid4())
        url = base_url(self.settings, service) + path
        try:
            answer = await self.client.request(method, url, headers=headers, json=body)
        except httpx.HTTPError as error:
            raise CommandRefused(f"{service} does not answer ({type(error).__name__}).") from None
        if answer.is_error:
            raise CommandRefused(f"{service} refused {method} with {answer.status_code}: {_detail(answer)}")
        return answer.json() if answer.content else None

    @asynccontextmanager
    async def stream(
        self, role: Role, service: str, path: str, after: int
    ) -> AsyncIterator[AsyncIterator[str]]:
        """The lines of a stream of events that goes on after a position. Raises httpx.HTTPError where it breaks."""
        headers = self._headers(role) | {"last-event-id": str(after)}
        url = base_url(self.settings, service) + path
        patience = httpx.Timeout(10, read=SILENT)
        async with self.client.stream("GET", url, headers=headers, timeout=patience) as answer:
            yield answer.raise_for_status().aiter_lines()

    def _headers(self, role: Role) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens[role]}"}


@asynccontextmanager
async def open_api(settings: Settings, tokens: Mapping[Role, str]) -> AsyncIterator[Api]:
    """An Api whose connections are closed at the end; the machine's proxies are for other journeys."""
    async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
        yield Api(settings, tokens, client)


def _detail(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        fields = "; ".join(f"{each['pointer']} {each['message']}" for each in problem.get("errors", []))
        return fields or str(problem["detail"])
    except (ValueError, KeyError, AttributeError):
        return "no reason given"
