"""The test's side of services that are killed: starting them, asking them, and seeing them die."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from tests.scheduler.live import until
from tests.scheduler.process import ROOT, free_port


@dataclass
class Served:
    """A service in a process of its own."""

    pid: int
    port: int

    async def ask(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> httpx.Response:
        """One request. Raises httpx.TransportError where the service dies over it."""
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=20) as client:
            return await client.request(method, path, headers=headers, json=body)

    async def ready(self) -> None:
        """Return once it serves, and has a connection to the database."""
        await until(self._answers)

    def kill(self) -> None:
        """kill -9."""
        if self.lives():
            os.kill(self.pid, signal.SIGKILL)

    def lives(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    async def _answers(self) -> bool:
        try:
            return (await self.ask("GET", "/readyz", {})).status_code == 200
        except httpx.TransportError:
            return False


@dataclass
class Nursery:
    """Starts services, whose clock stands where it is put unless it is the machine's."""

    clock: Path
    child: "subprocess.Popen[str]"

    def set(self, now: datetime) -> None:
        """It is `now` for every service at once."""
        beside = self.clock.with_suffix(".new")
        beside.write_text(now.isoformat())
        beside.replace(self.clock)

    async def start(self, service: str, crash: str = "", **variables: str) -> Served:
        """A service that serves, or with a crash point one that is about to die; `variables` of its environment."""
        assert self.child.stdin and self.child.stdout
        port = free_port()
        settings = variables | ({"DUECARE_CRASHPOINT": crash} if crash else {})
        order = [service, str(port), *(f"{name}={value}" for name, value in settings.items())]
        self.child.stdin.write(" ".join(order) + "\n")
        self.child.stdin.flush()
        served = Served(int(await asyncio.to_thread(self.child.stdout.readline)), port)
        if not crash:
            await served.ready()
        return served


@asynccontextmanager
async def nursery(folder: Path, now: datetime | None, environment: dict[str, str]) -> AsyncIterator[Nursery]:
    """A nursery; whatever happens, all that it started are dead at the end. Its clock begins at `now`, or is the
    machine's."""
    told = folder / "clock"
    if now:
        told.write_text(now.isoformat())
        environment = environment | {"TOLD_CLOCK": str(told)}
    child = subprocess.Popen(  # noqa: ASYNC220  it only starts, and is spoken to a line at a time
        [sys.executable, "-m", "tests.stateful.server"],
        env=os.environ | environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Nursery(told, child)
    finally:
        assert child.stdin
        child.stdin.close()
        await asyncio.to_thread(child.wait, 20)
