"""From the instant a date passes to the signed webhook in the receiver's hands, with the real scheduler."""

import asyncio
import json
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles

from sqlalchemy import text
from standardwebhooks import Webhook

from bench.filling import CONFINE
from bench.ground import MANY, Ground
from bench.report import Row
from bench.using import CLOCK, services, subscribe

MOMENTS = 300
APART = timedelta(milliseconds=40)
AHEAD = timedelta(seconds=2)

FALLING_DUE = text("""
    INSERT INTO deadline
    SELECT :authority, gen_random_uuid(), h.id, h.child_id, 'iro-allocation-sefton', gen_random_uuid(), 1, 1,
           CAST(CAST(:first AS timestamptz) AS date) - 3, CAST(:first AS timestamptz) - interval '72 hours',
           CAST(at AS date), at, false,
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
        async with services(ground, Path(folder), ["scheduler"]) as served:
            receiver.webhook = Webhook(await subscribe(served, MANY, address))
            await let_fall_due(ground, CLOCK.now() + AHEAD, MOMENTS, APART)
            await asyncio.wait_for(receiver.all_in.wait(), 60)
    server.close()
    centiles = quantiles(receiver.delays, n=100)
    return [_row(ground, "p50", centiles[49], 50), _row(ground, "p99", centiles[98], 250)]


def _row(ground: Ground, name: str, milliseconds: float, goal: int) -> Row:
    what = f"due instant to verified webhook, {name} of {MOMENTS}, at {ground.rows:,} running"
    return Row(what, f"{milliseconds:.0f} ms", f"{goal} ms", milliseconds <= goal)


async def let_fall_due(ground: Ground, first: datetime, number: int, apart: timedelta) -> None:
    """Write so many deadlines of MANY that fall due one after another from `first` on."""
    values = {"authority": MANY, "first": first, "n": number, "apart": apart}
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": MANY})
        await connection.execute(FALLING_DUE, values)
