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
    """Starts services whose clock stands where it is put."""

    clock: Path
    child: "subprocess.Popen[str]"

    def set(self, now: datetime) -> None:
        """It is `now` for every service at once."""
        beside = self.clock.with_suffix(".new")
        beside.write_text(now.isoformat())
        beside.replace(self.clock)

    async def start(self, service: str, crash: str = "") -> Served:
        """A service that serves, or with a crash point one that is about to die."""
        assert self.child.stdin and self.child.stdout
        port = free_port()
        self.child.stdin.write(f"{service} {port} {crash}\n")
        self.child.stdin.flush()
        served = Served(int(await asyncio.to_thread(self.child.stdout.readline)), port)
        if not crash:
            await served.ready()
        return served


@asynccontextmanager
async def nursery(folder: Path, now: datetime, environment: dict[str, str]) -> AsyncIterator[Nursery]:
    """A nursery; whatever happens, all that it started are dead at the end."""
    told = folder / "clock"
    told.write_text(now.isoformat())
    child = subprocess.Popen(  # noqa: ASYNC220  it only starts, and is spoken to a line at a time
        [sys.executable, "-m", "tests.stateful.server"],
        env=os.environ | environment | {"TOLD_CLOCK": str(told)},
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
