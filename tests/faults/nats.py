"""A NATS server of a test's own: on a free port, with a store that can be copied away and put back."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import nats
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig

from tests.scheduler.process import free_port

PROGRAM = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin:/usr/local/sbin")
WITHOUT = "nats-server is not here (Debian, Ubuntu: apt-get install nats-server): the mirror cannot be tried."


@dataclass
class Nats:
    """Not running yet. `kill` is kill -9."""

    folder: Path
    port: int
    child: subprocess.Popen[bytes] | None = None

    @classmethod
    @asynccontextmanager
    async def beside(cls, folder: Path) -> AsyncIterator["Nats"]:
        """A server that is not running yet, and dead at the end."""
        server = cls(folder, free_port())
        try:
            yield server
        finally:
            server.kill()

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    @property
    def store(self) -> Path:
        return self.folder / "store"

    async def start(self, *options: str) -> None:
        """Run, and accept connections."""
        assert PROGRAM
        address = ["--addr", "127.0.0.1", "--port", str(self.port)]
        command = [PROGRAM, *address, "--jetstream", "--store_dir", str(self.store), *options]
        with (self.folder / "log").open("ab") as log:
            self.child = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: ASYNC220
        async with asyncio.timeout(20):
            while not await self._accepts():
                assert self.child.poll() is None, (self.folder / "log").read_text()
                await asyncio.sleep(0.02)

    def kill(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.wait()
            self.child = None

    def copy_away(self) -> Path:
        """What is on the disk now, in a folder beside it."""
        return Path(shutil.copytree(self.store, self.folder / "older"))

    def put_back(self, older: Path) -> None:
        """The data directory as it was when it was copied."""
        shutil.rmtree(self.store)
        shutil.copytree(older, self.store)

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[JetStreamContext]:
        """A client of the test's own, by the client library alone."""
        client = await nats.connect(self.url, allow_reconnect=False)
        try:
            yield client.jetstream()
        finally:
            await client.close()

    async def held(self, subject: str = "duecare.>", stream: str = "DUECARE") -> list[nats.aio.msg.Msg]:
        """Every message of the stream under a subject, oldest first."""
        async with self.connected() as js:
            reader = await js.pull_subscribe(
                subject, stream=stream, config=ConsumerConfig(ack_policy=AckPolicy.NONE)
            )
            left = (await reader.consumer_info()).num_pending or 0
            found: list[nats.aio.msg.Msg] = []
            while len(found) < left:
                found += await reader.fetch(min(1000, left - len(found)))
            return found

    async def _accepts(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True
