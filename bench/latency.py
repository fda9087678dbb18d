"""From the instant a date passes to the signed webhook in the receiver's hands, with the real scheduler."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles

import httpx
from sqlalchemy import text
from standardwebhooks import Webhook

from bench.ground import MANY, Ground
from bench.report import Row
from shared.auth.local_issuer import LocalIssuer
from shared.auth.principal import Role
from shared.clock import SystemClock
from shared.settings import Settings

MOMENTS = 300
APART = timedelta(milliseconds=40)
CLOCK = SystemClock()

FALLING_DUE = text("""
    INSERT INTO deadline
    SELECT :authority, gen_random_uuid(), h.id, h.child_id, 'iro-allocation-sefton', gen_random_uuid(), 1, 1,
           CAST(:first AS date), CAST(:first AS timestamptz) - interval '72 hours', CAST(at AS date), at, false,
           'open', NULL, NULL, '["bench"]', false, CAST(:first AS timestamptz) - interval '1 day', ARRAY[at], at
    FROM (SELECT id, child_id FROM history WHERE authority_id = :authority LIMIT 1) h
    CROSS JOIN generate_series(0, :n - 1) AS k
    CROSS JOIN LATERAL (SELECT CAST(:first AS timestamptz) + k * CAST(:apart AS interval) AS at) AS moment
""")


class Receiver:
    """A web server that verifies each webhook and notes how long after its due instant it came."""

    def __init__(self) -> None:
        self.delays: list[float] = []
        self.webhook: Webhook | None = None
        self.all_in = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept open for one request after another."""
        try:
            while line := await reader.readline():
                headers = await _headers(reader)
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self.take(line, headers, body)
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def take(self, line: bytes, headers: dict[str, str], body: bytes) -> None:
        assert self.webhook is not None
        arrived = CLOCK.now()
        self.webhook.verify(body, headers)
        due = datetime.fromisoformat(json.loads(body)["data"]["due_at"])
        self.delays.append((arrived - due).total_seconds() * 1000)
        if len(self.delays) == MOMENTS:
            self.all_in.set()


async def _headers(reader: asyncio.StreamReader) -> dict[str, str]:
    found = {}
    while (line := (await reader.readline()).decode().strip()) != "":
        name, _, value = line.partition(":")
        found[name.lower()] = value.strip()
    return found


async def latency_rows(ground: Ground) -> list[Row]:
    """p50 and p99 of the delay for dates that pass one after another."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    with tempfile.TemporaryDirectory() as folder:
        async with _scheduler(ground, Path(folder)) as (base, token):
            receiver.webhook = Webhook(await _subscribe(base, token, address))
            await _let_fall_due(ground)
            await asyncio.wait_for(receiver.all_in.wait(), 60)
    server.close()
    centiles = quantiles(receiver.delays, n=100)
    return [_row(ground, "p50", centiles[49], 50), _row(ground, "p99", centiles[98], 250)]


def _row(ground: Ground, name: str, milliseconds: float, goal: int) -> Row:
    what = f"due instant to verified webhook, {name} of {MOMENTS}, at {ground.rows:,} running"
    return Row(what, f"{milliseconds:.0f} ms", f"{goal} ms", milliseconds <= goal)


async def _let_fall_due(ground: Ground) -> None:
    values = {"authority": MANY, "first": CLOCK.now() + timedelta(seconds=2), "n": MOMENTS, "apart": APART}
    async with ground.owner.begin() as connection:
        await connection.execute(text("SELECT set_config('duecare.authority', :a, true)"), {"a": MANY})
        await connection.execute(FALLING_DUE, values)


async def _subscribe(base: str, token: str, address: str) -> str:
    headers = {"authorization": f"Bearer {token}", "idempotency-key": "bench"}
    async with httpx.AsyncClient(base_url=base, headers=headers) as client:
        body = {"url": address, "types": ["deadline.breached"]}
        answer = await client.post("/v1/subscriptions", json=body)
        answer.raise_for_status()
        return str(answer.json()["secret"])


@asynccontextmanager
async def _scheduler(ground: Ground, folder: Path) -> AsyncIterator[tuple[str, str]]:
    settings = Settings()
    issuer = LocalIssuer(folder, settings.oidc_issuer, settings.oidc_audience)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": ground.database_url,
        "DUECARE_SCHEDULER_PORT": str(port),
        "DUECARE_OIDC_JWKS_FILE": str(issuer.jwks_file),
        "DUECARE_WEBHOOK_LOOPBACK": "true",
    }
    duecare = Path(sys.executable).parent / "duecare"
    with open(folder / "log", "w") as log:  # noqa: ASYNC230 - before anything is measured
        process = subprocess.Popen(  # noqa: ASYNC220
            [duecare, "up", "scheduler"], env=environment, stdout=log, stderr=log
        )
    try:
        base = f"http://127.0.0.1:{port}"
        await _ready(base)
        yield base, issuer.token("bench", MANY, Role.OPERATOR, CLOCK.now())
    finally:
        process.terminate()
        process.wait(10)


async def _ready(base: str) -> None:
    async with httpx.AsyncClient(base_url=base) as client:
        for _ in range(100):
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError("The scheduler did not become ready.")
