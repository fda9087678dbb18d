"""The services as processes of their own, and somebody who uses the API while something else is measured."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from sqlalchemy import text

from bench.filling import CONFINE
from bench.ground import Ground
from bench.servers import free_port
from shared.auth.local_issuer import LocalIssuer
from shared.auth.principal import Role
from shared.clock import SystemClock, today
from shared.settings import Settings

CLOCK = SystemClock()
PACE = 0.1  # seconds from one change of a record, with a look at the child's page, to the next
CHILDREN, REVIEWS = 50, 4  # what is put over and over: no history grows while it is measured
HEAD = text("SELECT coalesce(max(position), 0) FROM feed_head WHERE authority_id = :a")
PORTS = {"reviews_api": "REVIEWS", "escalation_api": "ESCALATION", "scheduler": "SCHEDULER"}


@dataclass(frozen=True, slots=True)
class Running:
    """Services that run: their ports and processes by name, and who issues tokens for them."""

    ports: dict[str, int]
    processes: dict[str, "subprocess.Popen[bytes]"]
    issuer: LocalIssuer

    def headers(self, council: str, role: Role) -> dict[str, str]:
        """What a request by this role of a council carries."""
        return {"authorization": f"Bearer {self.issuer.token('bench', council, role, CLOCK.now())}"}

    def client(self, service: str, council: str, role: Role) -> httpx.AsyncClient:
        """Somebody with this role, who asks this service."""
        base = f"http://127.0.0.1:{self.ports[service]}"
        return httpx.AsyncClient(base_url=base, headers=self.headers(council, role), timeout=30)

    def memory(self, service: str) -> int:
        """What a service holds in memory now, in MiB."""
        pages = int(Path(f"/proc/{self.processes[service].pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


@asynccontextmanager
async def services(
    ground: Ground, folder: Path, names: Sequence[str], **environment: str
) -> AsyncIterator[Running]:
    """These services on the ground's database, ended at the end."""
    settings = Settings()
    issuer = LocalIssuer(folder, settings.oidc_issuer, settings.oidc_audience)
    ports = {name: free_port() for name in names}
    told = os.environ | {
        "DATABASE_URL": ground.database_url,
        "DUECARE_OIDC_JWKS_FILE": str(issuer.jwks_file),
        "DUECARE_WEBHOOK_LOOPBACK": "true",
        **{f"DUECARE_{PORTS[name]}_PORT": str(port) for name, port in ports.items()},
        **environment,
    }
    duecare = Path(sys.executable).parent / "duecare"
    running = Running(ports, {}, issuer)
    try:
        with open(folder / "log", "w") as log:  # noqa: ASYNC230 - before anything is measured
            for name in ports:
                running.processes[name] = subprocess.Popen(  # noqa: ASYNC220
                    [duecare, "up", name], env=told, stdout=log, stderr=log
                )
        for port in ports.values():
            await _ready(port)
        yield running
    finally:
        for process in running.processes.values():
            process.terminate()
        for process in running.processes.values():
            process.wait(15)


async def subscribe(running: Running, council: str, url: str) -> str:
    """Have the breaches of a council sent there; the secret that signs them."""
    async with running.client("scheduler", council, Role.OPERATOR) as client:
        body = {"url": url, "types": ["deadline.breached"]}
        answer = await client.post("/v1/subscriptions", json=body, headers={"idempotency-key": "bench"})
        answer.raise_for_status()
        return str(answer.json()["secret"])


async def feed_head(ground: Ground, council: str) -> int:
    """The last position given out in a council's feed."""
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": council})
        return int(await connection.scalar(HEAD, {"a": council}) or 0)


class User:
    """Puts reviews and reads pages of a few children, ten times a second whatever the answers take, and notes how
    long each took, in seconds."""

    def __init__(self, running: Running, council: str) -> None:
        self.client = running.client("reviews_api", council, Role.CASE_SYSTEM)
        self.taken: list[float] = []
        self.turn = 0

    async def begin(self) -> None:
        for number in range(CHILDREN):
            await self._ask("PUT", f"/v1/children/{number}", {})
            period = {"child": str(number), "started_on": (today(CLOCK) - timedelta(days=400)).isoformat()}
            await self._ask("PUT", f"/v1/care_periods/{number}", period)
        self.taken.clear()

    async def use_for(self, seconds: float) -> int:
        """Use the API for so long; returns how many answers there were."""
        ends = time.monotonic() + seconds
        await self.use_until(lambda: time.monotonic() > ends)
        return len(self.taken)

    async def use_until(self, over: Any) -> None:
        async with asyncio.TaskGroup() as asking:
            while not over():
                asking.create_task(self._use_once())
                await asyncio.sleep(PACE)

    async def _use_once(self) -> None:
        self.turn += 1
        child, review = self.turn % CHILDREN, self.turn % REVIEWS
        held_on = today(CLOCK) - timedelta(days=100 * review + self.turn % 90)
        body = {"care_period": str(child), "held_on": held_on.isoformat()}
        await self._ask("PUT", f"/v1/reviews/{child}-{review}", body, {"if-match": "*"})
        await self._ask("GET", f"/v1/children/{child}")

    async def _ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> None:
        begun = time.monotonic()
        answer = await self.client.request(method, path, json=body, headers=headers)
        self.taken.append(time.monotonic() - begun)
        answer.raise_for_status()


def p95(taken: list[float]) -> float:
    """The 95th centile of these seconds, in milliseconds."""
    return quantiles(taken, n=20)[18] * 1000


async def _ready(port: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(200):
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError("A service did not become ready.")
