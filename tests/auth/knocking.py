"""Asks a service and hears only how the answer begins, so that a stream does not keep us."""

import asyncio
import re
from typing import Any
from uuid import UUID

from fastapi import FastAPI

NOBODY = str(UUID(int=7))


def address(route: str) -> tuple[str, str]:
    """A method and an address for "METHOD /path/{template}", of something that does not exist."""
    method, path = route.split()
    return method, re.sub(r"\{[^}]*\}", NOBODY, path)


async def knock(app: FastAPI, route: str, token: str | None, **headers: str) -> tuple[int, bytes]:
    """The status and the first of the body. A POST brings an idempotency key; nothing brings a body."""
    method, path = address(route)
    sent = {"host": "duecare.test", "idempotency-key": "knock"} | headers
    if token is not None:
        sent["authorization"] = f"Bearer {token}"
    heard: list[dict[str, Any]] = []
    answered = asyncio.Event()

    body_sent = False

    async def receive() -> dict[str, Any]:
        nonlocal body_sent
        if body_sent:
            await asyncio.Event().wait()  # we stay on the line
        body_sent = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        heard.append(message)
        if message["type"] == "http.response.body" or heard[0]["status"] == 200:
            answered.set()

    running = asyncio.create_task(app(_scope(method, path, sent), receive, send))  # type: ignore[arg-type]
    waiting = asyncio.create_task(answered.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=5)
    running.cancel()
    waiting.cancel()
    await asyncio.wait({running, waiting}, timeout=5)
    body: bytes = heard[1]["body"] if len(heard) > 1 else b""
    return int(heard[0]["status"]), body


def _scope(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
