"""A service as a process of its own, as `duecare up` runs it, under the machine's clock: to be asked to end, killed
and started again."""

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

from services.cli.ports import SERVICES
from tests.forked import Forked

ROOT = Path(__file__).parents[2]
QUICK = {
    "DUECARE_SWEEP_BATCH": "250",
    "DUECARE_RELAY_BATCH": "300",
    "DUECARE_LEASE_SECONDS": "4",
    "DUECARE_HOLD_SECONDS": "0.5",
}


@dataclass
class Process:
    """One service. `crash` names a crash point of the scheduler, and after a colon which passing of it is fatal."""

    environment: dict[str, str]
    service: str = "scheduler"
    port: int = field(default_factory=lambda: free_port())
    child: subprocess.Popen[bytes] | Forked | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, crash: str = "") -> None:
        port = {f"DUECARE_{SERVICES[self.service].upper()}": str(self.port)}
        environment = os.environ | QUICK | self.environment | port | {"DUECARE_CRASHPOINT": crash}
        if "LD_PRELOAD" in environment:  # what is preloaded has to be there from the first instruction
            command = [sys.executable, "-m", "services.cli.app", "up", self.service]
            self.child = subprocess.Popen(command, env=environment, cwd=ROOT)
        else:
            self.child = Forked(["up", self.service], environment)

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
async def process(environment: dict[str, str], service: str = "scheduler") -> AsyncIterator[Process]:
    """A service that is not running yet; dead, whatever happens, at the end."""
    one = Process(environment, service)
    try:
        yield one
    finally:
        one.kill()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
