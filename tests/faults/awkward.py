"""Somebody else's system on its bad days: it takes a webhook, and then does not answer as it should."""

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.faults.proxy import reset
from tests.scheduler.receiver import Hook, Receiver

BOMB = gzip.compress(bytes(50_000_000))
PIECE = bytes(65_536)


class Manner(StrEnum):
    """What it does instead of answering."""

    RESETS = "resets after it has taken the webhook"
    HANGS = "never answers"
    DRIPS = "answers a byte a second"
    ENDLESS_HEADERS = "never ends its headers"
    ENDLESS_BODY = "never ends its body"
    BOMB = "answers with a gzip bomb"


@dataclass
class Awkward(Receiver):
    """`manner` is asked at each webhook; None: it answers as a receiver should."""

    manner: Callable[[], Manner | None] = lambda: None

    async def reply(self, writer: asyncio.StreamWriter, hook: Hook) -> None:
        match self.manner():
            case None:
                await super().reply(writer, hook)
            case Manner.RESETS:
                reset(writer)
            case Manner.HANGS:
                await asyncio.sleep(3600)
            case Manner.DRIPS:
                await self._go_on(writer, b"HTTP/1.1 204 No Content\r\nx-a: ", b"a", 1.0)
            case Manner.ENDLESS_HEADERS:
                await self._go_on(writer, b"HTTP/1.1 204 No Content\r\n", b"x-a: a\r\n", 0.01)
            case Manner.ENDLESS_BODY:
                await self._go_on(writer, b"HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n", PIECE, 0)
            case Manner.BOMB:
                head = f"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {len(BOMB)}\r\n\r\n"
                writer.write(head.encode() + BOMB)
                await writer.drain()

    async def _go_on(self, writer: asyncio.StreamWriter, start: bytes, more: bytes, pause: float) -> None:
        writer.write(start)
        while True:  # until the other side has had enough
            writer.write(more)
            await writer.drain()
            await asyncio.sleep(pause)
