"""A subscriber of the demonstration's own: hears webhooks on this machine and checks their signatures."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import uvicorn
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

PATH = "/duecare-demo"


class Way(StrEnum):
    """By which an event arrives."""

    WEBHOOK = "webhook"
    STREAM = "stream"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Heard:
    """An event as it arrived; not `verified` is a webhook whose signature is none of ours, and its event is empty."""

    event: dict[str, Any]
    way: Way
    verified: bool = True


Hear = Callable[[Heard], None]


class Receiver:
    """Takes events at `url` and has them heard, each once, by its id; whoever subscribed gives it the `secret`."""

    def __init__(self, url: str, hear: Hear) -> None:
        self.url, self.hear = url, hear
        self.secret: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.ids: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        body = await request.body()
        secret = await asyncio.wait_for(asyncio.shield(self.secret), 10)
        try:
            Webhook(secret).verify(body, dict(request.headers), json_parse=False)
        except (WebhookVerificationError, ValueError):
            self.hear(Heard({}, Way.WEBHOOK, verified=False))
            return Response(status_code=401)
        event = json.loads(body)
        if event["id"] not in self.ids:
            self.ids.add(event["id"])
            self.hear(Heard(event, Way.WEBHOOK))
        return Response(status_code=204)


class _Guest(uvicorn.Server):
    """A server inside somebody else's process, whose signals are not its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def receiving(hear: Hear) -> AsyncIterator[Receiver]:
    """A receiver that listens on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        receiver = Receiver(f"http://127.0.0.1:{listening.getsockname()[1]}{PATH}", hear)
        config = uvicorn.Config(
            receiver,
            http="h11",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        server = _Guest(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield receiver
        finally:
            server.should_exit = True
            await serving
