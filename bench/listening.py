"""Readers of the live feed in a process of their own, from a position on:
`python -m bench.listening PORT CLIENTS EVENTS AFTER`, with what they send as authorization in BENCH_AUTHORIZATION.

Prints JSON: how long after its commit each event came, in milliseconds at the 50th and 99th centile, how many were
heard by all, and how many positions were missed or out of order."""

import asyncio
import json
import os
import re
import sys
from dataclasses import dataclass, field
from datetime import datetime
from statistics import quantiles

from shared.clock import SystemClock

CLOCK = SystemClock()
EVENT = re.compile(rb"id: (\d+)\r?\nevent: ([a-z_.]+)\r?\ndata: (.*?)\r?\n\r?\n")
LEARNT = re.compile(rb'"time":"([^"]+)"')


@dataclass
class Ear:
    """One reader: the last position it had, how many events of the kind it waits for, and how long each took."""

    wanted: int
    position: int
    gaps: int = 0
    taken: list[float] = field(default_factory=list)
    held: bytes = b""

    def hear(self, data: bytes) -> bool:
        """Take in what came; whether all has been heard."""
        now, self.held = CLOCK.now(), self.held + data
        end = 0
        for found in EVENT.finditer(self.held):
            end = found.end()
            self._note(int(found[1]), found[2], found[3], now)
        self.held = self.held[end:]
        return len(self.taken) >= self.wanted

    def _note(self, position: int, kind: bytes, envelope: bytes, now: datetime) -> None:
        if position != self.position + 1:
            self.gaps += 1
        self.position = position
        learnt = LEARNT.search(envelope)
        if kind == b"deadline.breached" and learnt:
            at = datetime.fromisoformat(learnt[1].decode())
            self.taken.append((now - at).total_seconds() * 1000)


async def main(port: int, clients: int, events: int, after: int) -> None:
    """Listen with all of them until each has heard all."""
    ears = [Ear(events, after) for _ in range(clients)]
    await asyncio.gather(*(listen(port, ear) for ear in ears))
    taken = [each for ear in ears for each in ear.taken]
    centiles = quantiles(taken, n=100)
    gaps = sum(ear.gaps for ear in ears)
    print(json.dumps({"p50": centiles[49], "p99": centiles[98], "heard": len(taken), "gaps": gaps}))


async def listen(port: int, ear: Ear) -> None:
    """One stream."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    path, token = f"/v1/events/stream?after={ear.position}", os.environ["BENCH_AUTHORIZATION"]
    head = f"GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\n\r\n"
    writer.write(head.encode())
    while data := await reader.read(2**18):
        if ear.hear(data):
            break
    else:
        raise RuntimeError("A stream ended before all was heard.")
    writer.close()


if __name__ == "__main__":
    asyncio.run(main(*(int(each) for each in sys.argv[1:5])))
