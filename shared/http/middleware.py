"""Around every request: an id, the safe headers, one log line and the metrics. Pure ASGI, so streams stream."""

import json
import logging
import re
import time
from typing import Any
from uuid import uuid4

from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.problems import of_fault

log = logging.getLogger("duecare.access")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUESTS = Counter(
    "duecare_http_requests_total", "Requests answered.", ["service", "route", "method", "status"]
)
SECONDS = Histogram("duecare_http_request_seconds", "Time to the first byte.", ["service", "route", "method"])

SAFE = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000",
}
NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"
DOCS = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; worker-src blob:; frame-ancestors 'none'"
)
DOCS_PATHS = ("/docs", "/redoc", "/static-offline-docs")


class Surround:
    """Wraps the application of one service."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await _Exchange(self.service, scope, send).run(self.app, receive)


class _Exchange:
    """One request and its answer."""

    def __init__(self, service: str, scope: Scope, send: Send) -> None:
        self.service, self.scope, self.send_on = service, scope, send
        self.began, self.status, self.answering = time.monotonic(), 500, False
        # A method is the caller's own text too: what nobody knows gets one name, or the metrics never end.
        self.method = scope["method"] if scope["method"] in METHODS else "other"
        headers = Headers(scope=scope)
        self.request_id = _matching(REQUEST_ID, headers.get("x-request-id")) or uuid4().hex
        self.traceparent = _matching(TRACEPARENT, headers.get("traceparent"))

    async def run(self, app: ASGIApp, receive: Receive) -> None:
        try:
            await app(self.scope, receive, self.send)
        except Exception as error:
            answer = of_fault(error)
            if not self.answering:  # otherwise the connection just ends, which is all that is left to say
                await answer(self.scope, receive, self.send)
        finally:
            self.note()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.answering = message["status"], True
            self.add_headers(MutableHeaders(scope=message))
            SECONDS.labels(self.service, self.route, self.method).observe(time.monotonic() - self.began)
        await self.send_on(message)

    def add_headers(self, headers: MutableHeaders) -> None:
        for name, value in SAFE.items():
            headers.setdefault(name, value)
        docs = self.scope["path"].startswith(DOCS_PATHS)
        headers["content-security-policy"] = DOCS if docs else NO_CONTENT
        headers["x-request-id"] = self.request_id
        if self.traceparent:
            headers["traceparent"] = self.traceparent

    def note(self) -> None:
        REQUESTS.labels(self.service, self.route, self.method, str(self.status)).inc()
        seconds = round(time.monotonic() - self.began, 4)
        line = {"request_id": self.request_id, "service": self.service, "method": self.method}
        log.info(json.dumps(line | {"route": self.route, "status": self.status, "seconds": seconds}))

    @property
    def route(self) -> str:
        """The route's template: the address itself may hold a reference, which belongs in no log or metric."""
        route: Any = self.scope.get("route")
        return getattr(route, "path_format", None) or getattr(route, "path", None) or "unmatched"


def _matching(pattern: re.Pattern[str], value: str | None) -> str | None:
    return value if value and pattern.fullmatch(value) else None
