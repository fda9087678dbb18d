"""How much of one process sending may take: connections to receivers, and turns at the database."""

import asyncio
from dataclasses import dataclass, field

NARROW, AT_ONCE = 2, 8
"""Sends under way for one subscription: at first and while it is slow or failing, and at most."""

SLOW = 2000  # milliseconds


@dataclass(slots=True)
class Slots:
    """Shared by every lane. Whoever is slow or failing queues apart, and takes nothing from those who are not."""

    steady: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(96))
    troubled: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(32))
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    """At the database: the sweep and the relay share its pool."""


@dataclass(slots=True)
class Width:
    """How many sends one lane may have under way: one more with each that arrives quickly, and back with any other."""

    now: int = NARROW
    troubled: bool = False

    def learn(self, arrived: bool, milliseconds: int) -> None:
        """Take in what came of one send."""
        self.troubled = not arrived or milliseconds > SLOW
        self.now = NARROW if self.troubled else min(self.now + 1, AT_ONCE)
