"""How much of one process sending may take: connections to receivers, and turns at the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

NARROW, AT_ONCE = 2, 8
"""Sends under way for one subscription: at first and while it is slow or failing, and at most."""

SLOW = 2000  # milliseconds
STUCK = 1.0  # seconds after which a send that has no answer takes no place of others any more,
MOST_STUCK = 416  # where no more than these have done so: each is a connection


@dataclass(slots=True)
class Slots:
    """Shared by every lane. Whoever is slow or failing queues apart; who gets stuck leaves their place to others, for
    as long as connections last."""

    steady: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(96))
    troubled: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(64))
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    """At the database: the sweep and the relay share its pool."""
    stuck: int = 0

    @asynccontextmanager
    async def one(self, *, troubled: bool) -> AsyncIterator[None]:
        """A place for one send, until it ends; where it gets stuck, until then."""
        async with self.troubled if troubled else self._steady_one():
            yield

    @asynccontextmanager
    async def _steady_one(self) -> AsyncIterator[None]:
        await self.steady.acquire()
        apart = False
        loop = asyncio.get_running_loop()
        timer: asyncio.TimerHandle

        def move() -> None:
            nonlocal apart, timer
            if self.stuck >= MOST_STUCK:
                timer = loop.call_later(STUCK, move)
                return
            apart = True
            self.stuck += 1
            self.steady.release()

        timer = loop.call_later(STUCK, move)
        try:
            yield
        finally:
            timer.cancel()
            if apart:
                self.stuck -= 1
            else:
                self.steady.release()


@dataclass(slots=True)
class Width:
    """How many sends one lane may have under way: one more with each that arrives quickly, and back with any other."""

    now: int = NARROW
    troubled: bool = False

    def learn(self, arrived: bool, milliseconds: int) -> None:
        """Take in what came of one send."""
        self.troubled = not arrived or milliseconds > SLOW
        self.now = NARROW if self.troubled else min(self.now + 1, AT_ONCE)
