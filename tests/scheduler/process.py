"""The scheduler as a process of its own, under the machine's clock, to be killed and started again."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.forked import Forked

ROOT = Path(__file__).parents[2]
QUICK = {
    "DUECARE_SWEEP_BATCH": "250",
    "DUECARE_RELAY_BATCH": "300",
    "DUECARE_LEASE_SECONDS": "1.5",
    "DUECARE_HOLD_SECONDS": "0.5",
}


@dataclass
class Process:
    """One scheduler. `crash` names a crash point, and after a colon which passing of it is fatal."""

    environment: dict[str, str]
    port: int = field(default_factory=lambda: free_port())
    child: subprocess.Popen[bytes] | Forked | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, crash: str = "") -> None:
        options = ["--factory", "services.scheduler.app:create_app", "--port", str(self.port)]
        options += ["--timeout-graceful-shutdown", "8", "--log-level", "warning"]
        environment = os.environ | QUICK | self.environment | {"DUECARE_CRASHPOINT": crash}
        if "LD_PRELOAD" in environment:  # what is preloaded has to be there from the first instruction
            command = [sys.executable, "-m", "uvicorn", *options]
            self.child = subprocess.Popen(command, env=environment, cwd=ROOT)
        else:
            self.child = Forked("uvicorn", options, environment)

    async def ended(self, seconds: float = 30) -> int:
        """The exit status, once it has ended."""
        assert self.child is not None
        return await asyncio.wait_for(asyncio.to_thread(self.child.wait), seconds)

    async def ready(self, seconds: float = 30) -> None:
        async with asyncio.timeout(seconds), httpx.AsyncClient() as client:
            while True:
                try:
                    if (await client.get(f"{self.url}/readyz")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.05)

    def terminate(self) -> None:
        assert self.child is not None
        self.child.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.kill()
            self.child.wait()


@asynccontextmanager
async def scheduler(environment: dict[str, str]) -> AsyncIterator[Process]:
    """A scheduler that is not running yet; dead, whatever happens, at the end."""
    process = Process(environment)
    try:
        yield process
    finally:
        process.kill()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
