"""Asks for addresses through a few connections that stay open, in a process of its own:
`python -m bench.load PORT SECONDS CONNECTIONS`, with the addresses as a JSON list on stdin and the token in
BENCH_TOKEN. With a body in BENCH_BODY, that is POSTed to each address once; without, they are got over and over.
Prints JSON."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, cycle
from statistics import quantiles
from uuid import uuid4

WARM_UP = 0.5  # seconds that do not count


async def main(port: int, seconds: float, connections: int, addresses: Sequence[str]) -> None:
    """Answers a second, and the 50th and 95th centile of what one took in milliseconds; and how many were asked."""
    begun, asked = time.monotonic(), count()
    coming = _requests(addresses, os.environ.get("BENCH_BODY"))
    asking = [_ask(port, coming, asked, begun + WARM_UP + seconds) for _ in range(connections)]
    taken = [each for found in await asyncio.gather(*asking) for each in found]
    counted = [end - start for start, end in taken if end >= begun + WARM_UP]
    lasted = max(end for _, end in taken) - begun - WARM_UP
    centiles = quantiles(counted, n=100)
    figures = {"rate": len(counted) / lasted, "p50": centiles[49] * 1000, "p95": centiles[94] * 1000}
    print(json.dumps(figures | {"asked": next(asked)}))


def _requests(addresses: Sequence[str], body: str | None) -> Iterator[bytes]:
    token = os.environ["BENCH_TOKEN"]
    every: Iterable[str] = cycle(addresses) if body is None else addresses
    for address in every:
        head = f"{'GET' if body is None else 'POST'} {address} HTTP/1.1\r\nhost: x\r\n"
        head += f"authorization: Bearer {token}\r\n"
        if body is not None:
            head += f"idempotency-key: {uuid4()}\r\ncontent-type: application/json\r\n"
            head += f"content-length: {len(body)}\r\n"
        yield f"{head}\r\n{body or ''}".encode()


async def _ask(
    port: int, coming: Iterator[bytes], asked: "count[int]", ends: float
) -> list[tuple[float, float]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    taken = []
    while (begun := time.monotonic()) < ends and (request := next(coming, None)) is not None:
        next(asked)
        writer.write(request)
        await _answer(reader)
        taken.append((begun, time.monotonic()))
    writer.close()
    return taken


async def _answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head.decode())
    _, _, length = head.partition(b"content-length: ")
    await reader.readexactly(int(length.partition(b"\r\n")[0]))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), json.load(sys.stdin)))
