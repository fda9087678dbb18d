"""Proclaiming a bank holiday while many deadlines run: until the last that it touches has moved, and what whoever
uses the API meanwhile notices of it."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from sqlalchemy import text

from bench.caseload import MadeUp, in_care, on_a_plan
from bench.filling import CONFINE, fill
from bench.ground import Ground
from bench.report import Row
from bench.settling import store, tidy
from shared.auth.local_issuer import LocalIssuer
from shared.auth.principal import Role
from shared.clock import SystemClock, today
from shared.deadlines.law import law
from shared.settings import Settings

COUNCIL = "BENCH-PROCLAIMED"
CLOCK = SystemClock()
GOAL = 60
CALM = 20.0  # seconds of using the API before the day is proclaimed
PACE = 0.1  # seconds from one change of a record, with a look at the child's page, to the next
CHILDREN, REVIEWS = 50, 4  # what is put over and over: no history grows while it is measured
BATCH = 2_000
TOLD_AGO = timedelta(days=2)  # what was told on the very day of a proclamation is looked at as a whole
MOVED = text(
    "SELECT count(*) FROM deadline_revision WHERE authority_id = :a AND superseded_because = 'calendar'"
)
FOLLOWED = text("SELECT count(*) FROM calendar_day WHERE authority_id = :a AND moved_at IS NOT NULL")


async def proclaim_rows(ground: Ground, wanted: int) -> list[Row]:
    """The time until every deadline has moved, and the API's p95 before and meanwhile."""
    running = await _settle(ground, wanted)
    print("Measuring a proclaimed day ...", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        async with _services(ground, Path(folder)) as (ports, issuer):
            return await _measure(ground, ports, issuer, running)


async def _measure(ground: Ground, ports: dict[str, int], issuer: LocalIssuer, running: int) -> list[Row]:
    user = User(ports["reviews_api"], issuer)
    await user.begin()
    before = await user.use_for(CALM)
    begun = time.monotonic()
    await _proclaim(ports["scheduler"], issuer)
    using = asyncio.create_task(user.use_until(lambda: False))
    seconds = await _until_followed(ground, begun)
    using.cancel()
    meanwhile = user.taken[before:]
    calm, busy = _p95(user.taken[:before]), _p95(meanwhile)
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": COUNCIL})
        moved = await connection.scalar(MOVED, {"a": COUNCIL})
    await user.client.aclose()
    return [
        Row(
            f"a bank holiday proclaimed at {running:,} running deadlines, until all {moved:,} that it moves have moved",
            f"{seconds:.0f} s",
            f"{GOAL} s",
            seconds <= GOAL,
        ),
        Row(
            "p95 of the API meanwhile (a review put, a child's page), against before",
            f"{busy:.0f} ms against {calm:.0f} ms: ratio {busy / calm:.2f}",
            "ratio at most 2",
            busy <= 2 * calm,
        ),
    ]


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[18] * 1000


async def _until_followed(ground: Ground, begun: float) -> float:
    while time.monotonic() - begun < 20 * GOAL:
        async with ground.owner.begin() as connection:
            await connection.execute(CONFINE, {"a": COUNCIL})
            if await connection.scalar(FOLLOWED, {"a": COUNCIL}):
                return time.monotonic() - begun
        await asyncio.sleep(0.2)
    raise RuntimeError("The day was not followed to its end.")


async def _proclaim(port: int, issuer: LocalIssuer) -> None:
    day = today(CLOCK) + timedelta(days=9)
    while day.weekday() > 3:
        day += timedelta(days=1)
    body = {
        "on": day.isoformat(),
        "name": "A day of thanks",
        "announced_on": today(CLOCK).isoformat(),
        "source": "Royal Proclamation",
    }
    headers = _headers(issuer, Role.OPERATOR) | {"idempotency-key": "bench"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        (await client.post("/v1/calendar/days", json=body, headers=headers)).raise_for_status()


class User:
    """Puts reviews and reads pages of a few children, ten times a second whatever the answers take, and notes how
    long each took, in seconds."""

    def __init__(self, port: int, issuer: LocalIssuer) -> None:
        headers = _headers(issuer, Role.CASE_SYSTEM)
        self.client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30)
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


def _headers(issuer: LocalIssuer, role: Role) -> dict[str, str]:
    return {"authorization": f"Bearer {issuer.token('bench', COUNCIL, role, CLOCK.now())}"}


async def _settle(ground: Ground, wanted: int) -> int:
    """Write children and plans with all their deadlines until so many run as are wanted; returns how many do."""
    print(f"Writing {wanted:,} running deadlines with their facts ...", flush=True)
    rules, running = law(), 0
    coming = _endless(today(CLOCK))
    while running < wanted:
        batch = list(islice(coming, BATCH))
        await fill(ground.owner, COUNCIL, batch, CLOCK.now() - TOLD_AGO, tidy=False)
        running += await store(ground, COUNCIL, batch, rules)
    await tidy(ground)
    return running


def _endless(day: date) -> Iterable[MadeUp]:
    number = 0
    while True:
        number += 1
        yield in_care(number, day, days=5 + number % 230) if number % 3 else on_a_plan(number, day)


@asynccontextmanager
async def _services(ground: Ground, folder: Path) -> AsyncIterator[tuple[dict[str, int], LocalIssuer]]:
    settings = Settings()
    issuer = LocalIssuer(folder, settings.oidc_issuer, settings.oidc_audience)
    ports = {"reviews_api": _free(), "scheduler": _free()}
    environment = os.environ | {
        "DATABASE_URL": ground.database_url,
        "DUECARE_REVIEWS_PORT": str(ports["reviews_api"]),
        "DUECARE_SCHEDULER_PORT": str(ports["scheduler"]),
        "DUECARE_OIDC_JWKS_FILE": str(issuer.jwks_file),
    }
    duecare, running = Path(sys.executable).parent / "duecare", []
    with open(folder / "log", "w") as log:  # noqa: ASYNC230 - before anything is measured
        for name in ports:
            running.append(
                subprocess.Popen([duecare, "up", name], env=environment, stdout=log, stderr=log)  # noqa: ASYNC220
            )
    try:
        for port in ports.values():
            await _ready(port)
        yield ports, issuer
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(15)


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


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
