"""A receiver of webhooks that is as fast as can be, in a process of its own: `python -m bench.swallowing PORT` answers
204 to whatever comes, and to a GET how many there were."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from bench.servers import free_port

GOOD = b"HTTP/1.1 204 No Content\r\n\r\n"


@dataclass
class Swallowing:
    """The process, asked for its count."""

    port: int
    client: httpx.AsyncClient
    count: int = 0

    @property
    def url(self) -> str:
        """Where it takes webhooks."""
        return f"http://127.0.0.1:{self.port}/hooks"

    async def counted(self) -> int:
        """How many webhooks it has taken."""
        self.count = int((await self.client.get(self.url)).text)
        return self.count

    @classmethod
    @asynccontextmanager
    async def listening(cls) -> AsyncIterator["Swallowing"]:
        """One that listens on a free port, ended at the end."""
        port = free_port()
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.swallowing", str(port))
        try:
            async with httpx.AsyncClient() as client:
                receiver = cls(port, client)
                await _reached(receiver)
                yield receiver
        finally:
            process.terminate()
            await process.wait()


async def _reached(receiver: Swallowing) -> None:
    for _ in range(100):
        try:
            await receiver.counted()
            return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise RuntimeError("The receiver did not start to listen.")


class Taking(asyncio.Protocol):
    """One connection. A request ends with its body, whose length its head says."""

    taken = 0

    def __init__(self) -> None:
        self.held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.held += data
        while (end := self.held.find(b"\r\n\r\n")) >= 0:
            head = self.held[:end].lower()
            _, _, length = head.partition(b"content-length: ")
            whole = end + 4 + int(length.partition(b"\r\n")[0] or 0)
            if len(self.held) < whole:
                return
            self.held = self.held[whole:]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        if head.startswith(b"post"):
            Taking.taken += 1
            self.transport.write(GOOD)
        else:
            count = str(Taking.taken).encode()
            self.transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(count), count))


async def main(port: int) -> None:
    """Take webhooks until ended."""
    server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
