"""How much of one process sending may take: connections to receivers, and turns at the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

NARROW, AT_ONCE = 2, 8
"""Sends under way for one subscription: at first and while it is slow or failing, and at most."""

SLOW = 2000  # milliseconds
STUCK = 1.0  # seconds after which a send that has no answer takes no place of others any more


@dataclass(slots=True)
class Slots:
    """Shared by every lane. Whoever is slow or failing queues apart, and takes nothing from those who are not."""

    steady: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(96))
    altogether: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(512))
    """Connections that this process may have open to receivers, stuck or not."""
    troubled: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(32))
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    """At the database: the sweep and the relay share its pool."""

    @asynccontextmanager
    async def one(self, *, troubled: bool) -> AsyncIterator[None]:
        """A place for one send, until it ends; where it gets stuck, until then."""
        async with _freed(self.troubled) if troubled else _freed(self.steady, STUCK), self.altogether:
            yield


@asynccontextmanager
async def _freed(places: asyncio.Semaphore, after: float | None = None) -> AsyncIterator[None]:
    """A place that is free again at the end, and no later than so many seconds from now."""
    taken: bool = await places.acquire()

    def free() -> None:
        nonlocal taken
        if taken:
            taken = False
            places.release()

    timer = asyncio.get_running_loop().call_later(after, free) if after else None
    try:
        yield
    finally:
        if timer:
            timer.cancel()
        free()


@dataclass(slots=True)
class Width:
    """How many sends one lane may have under way: one more with each that arrives quickly, and back with any other."""

    now: int = NARROW
    troubled: bool = False

    def learn(self, arrived: bool, milliseconds: int) -> None:
        """Take in what came of one send."""
        self.troubled = not arrived or milliseconds > SLOW
        self.now = NARROW if self.troubled else min(self.now + 1, AT_ONCE)
