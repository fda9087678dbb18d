"""A cable between a service and PostgreSQL that can be cut at the moment that matters most."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.engine import make_url

from shared.db.address import connect_arguments, parse_address

COMMIT = b"COMMIT"


class Cable:
    """`cut` is None, or "before" or "after" the next COMMIT has reached the server."""

    def __init__(self, upstream: str) -> None:
        arguments = connect_arguments(parse_address(upstream))
        self.host, self.port = str(arguments.get("host", "localhost")), int(arguments.get("port", 5432))
        self.cut: str | None = None
        self.cuts = 0

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await self._open()
        down = asyncio.create_task(self._pass_on(up_reader, writer))
        with suppress(ConnectionError):
            while sent := await reader.read(65536):
                if COMMIT in sent and self.cut:
                    down.cancel()
                    await self._fail(sent, up_reader, up_writer)
                    break
                up_writer.write(sent)
                await up_writer.drain()
        down.cancel()
        up_writer.close()
        writer.transport.abort()

    async def _fail(
        self, sent: bytes, up_reader: asyncio.StreamReader, up_writer: asyncio.StreamWriter
    ) -> None:
        where, self.cut = self.cut, None
        self.cuts += 1
        if where == "after":
            up_writer.write(sent)
            await up_writer.drain()
            await up_reader.read(65536)  # the server has answered, and nobody will ever hear it

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.host.startswith("/"):
            return await asyncio.open_unix_connection(f"{self.host}/.s.PGSQL.{self.port}")
        return await asyncio.open_connection(self.host, self.port)

    @staticmethod
    async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while answered := await reader.read(65536):
                writer.write(answered)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def cable(database_url: str) -> AsyncIterator[tuple[Cable, str]]:
    """A cable to this database, and the address of its near end."""
    one = Cable(database_url)
    server = await asyncio.start_server(one.join, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    near = make_url(database_url).set(host="127.0.0.1", port=port, query={"ssl": "disable"})
    try:
        yield one, near.render_as_string(hide_password=False)
    finally:
        server.close()
