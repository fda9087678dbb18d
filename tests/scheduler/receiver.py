"""Somebody else's system: takes webhooks on loopback, and answers as it was told to."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook

GOOD = "204 No Content"


@dataclass
class Hook:
    """One webhook as it arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass
class Receiver:
    """Answers with `answers` in turn, then with 204 for good. `delay` is in seconds; `peers` are the ends at which its
    connections arrived."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    extra: str = ""
    says: str = ""
    delay: float = 0.0
    hooks: list[Hook] = field(default_factory=list)
    peers: list[tuple[str, int]] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0

    @classmethod
    @asynccontextmanager
    async def listening(
        cls,
        *answers: str,
        extra: str = "",
        delay: float = 0.0,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> AsyncIterator["Receiver"]:
        receiver = cls(answers=list(answers), extra=extra, delay=delay)
        server = await asyncio.start_server(receiver.converse, host, port, ssl=tls)
        receiver.port = server.sockets[0].getsockname()[1]
        try:
            yield receiver
        finally:
            server.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    @property
    def ids(self) -> list[str]:
        return [hook.id for hook in self.hooks]

    def verify_all(self, secret: str) -> None:
        """Raises unless every signature verifies, with a timestamp of these minutes."""
        for hook in self.hooks:
            Webhook(secret).verify(hook.body, hook.headers)

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.peers.append(writer.get_extra_info("sockname"))
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                headers = _headers(head.decode())
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                hook = Hook(headers, body)
                await self.take(hook)
                await self.reply(writer, hook)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def reply(self, writer: asyncio.StreamWriter, hook: Hook) -> None:
        answer = self.answers.pop(0) if self.answers else GOOD
        length = f"content-length: {len(self.says)}\r\n"
        writer.write(f"HTTP/1.1 {answer}\r\n{length}{self.extra}\r\n{self.says}".encode())
        await writer.drain()

    async def take(self, hook: Hook) -> None:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        await asyncio.sleep(self.delay)
        self.under_way -= 1
        self.hooks.append(hook)


def _headers(head: str) -> dict[str, str]:
    lines = (line.partition(":") for line in head.split("\r\n")[1:] if line)
    return {name.lower(): value.strip() for name, _, value in lines}
