"""A wire to the database that can be cut: a proxy on loopback between a service and PostgreSQL."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy.engine import make_url

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST and forgets what was not sent
COMMIT = b"COMMIT"


@dataclass
class Proxy:
    """Passes everything on until a test breaks it. The switches may be moved while connections are open."""

    target: str
    port: int = 0
    silent: bool = False
    """A black hole: connections are taken, nothing is passed on in either direction, and nobody is told."""
    delay: float = 0.0
    """Seconds before each piece is passed on."""
    slices: int = 65_536
    """Bytes in the largest piece."""
    cut_after: int | None = None
    """Bytes still passed to the client before its connection is reset."""
    cut: str | None = None
    """The next connection to commit is reset: "before" its COMMIT has reached the database, or "after" the database
    has answered, whom then nobody hears."""
    stop_after: int | None = None
    """So many more pieces from clients are passed on. Who said the last of them is stopped: connected, and silent."""
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    cuts: int = 0
    unanswered: set[asyncio.StreamWriter] = field(default_factory=set)
    open: set[asyncio.StreamWriter] = field(default_factory=set)
    sound: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def to(cls, database_url: str) -> AsyncIterator["Proxy"]:
        proxy = cls(database_url)
        server = await asyncio.start_server(proxy.connect, "127.0.0.1", 0)
        proxy.port = server.sockets[0].getsockname()[1]
        proxy.sound.set()
        try:
            yield proxy
        finally:
            server.close()
            proxy.reset_all()

    @property
    def url(self) -> str:
        """The database's address by way of this proxy."""
        there = make_url(self.target).difference_update_query(["host", "port"])
        return there.set(host="127.0.0.1", port=self.port).render_as_string(hide_password=False)

    def fall_silent(self) -> None:
        self.silent = True
        self.sound.clear()

    def heal(self) -> None:
        """As a healed network does it: what was lost stays lost, and its connections with it."""
        self.silent = False
        self.reset_all()
        self.sound.set()

    def reset_all(self) -> None:
        """RST on every connection, to both its ends."""
        for writer in list(self.open):
            reset(writer)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open.add(writer)
        there: asyncio.StreamWriter | None = None
        with suppress(OSError, asyncio.IncompleteReadError):
            await self.sound.wait()
            back, there = await self._dial()
            self.open.add(there)
            ways = (self._forward(reader, there, writer), self._back(back, writer))
            await _until_one_ends(*ways)
        for each in (writer, there):
            if each is not None:
                self.open.discard(each)
                each.close()

    async def _dial(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        url = make_url(self.target)
        host = str(url.query.get("host") or url.host or "127.0.0.1")
        port = int(str(url.query.get("port") or url.port or 5432))
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    async def _forward(
        self, reader: asyncio.StreamReader, there: asyncio.StreamWriter, client: asyncio.StreamWriter
    ) -> None:
        while piece := await self._piece(reader):
            if self.cut and COMMIT in piece:
                where, self.cut = self.cut, None
                self.cuts += 1
                if where == "before":
                    return reset(client)
                self.unanswered.add(client)
            there.write(piece)
            await there.drain()
            if self.stop_after is not None:
                self.stop_after -= 1
                if self.stop_after == 0:
                    self.stopped.set()
                    await asyncio.Event().wait()  # until the other way ends
        return None

    async def _back(self, back: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        while piece := await self._piece(back):
            if client in self.unanswered:  # the database has answered, so it has done it
                self.unanswered.discard(client)
                return reset(client)
            if self.cut_after is not None:
                piece, self.cut_after = piece[: self.cut_after], max(self.cut_after - len(piece), 0)
            client.write(piece)
            await client.drain()
            if self.cut_after == 0:
                self.cut_after = None
                return reset(client)
        return None

    async def _piece(self, reader: asyncio.StreamReader) -> bytes:
        piece = await reader.read(self.slices)
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.silent:
            await self.sound.wait()
            return b""  # it was in the hole
        return piece


async def _until_one_ends(*ways: Coroutine[None, None, None]) -> None:
    tasks = [asyncio.ensure_future(way) for way in ways]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def reset(writer: asyncio.StreamWriter) -> None:
    """Close with an RST instead of a FIN."""
    connection = writer.get_extra_info("socket")
    if connection is not None and connection.family == socket.AF_INET:
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
