"""Opens a lane for each subscription that has something due, and no more than one."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.deliveries.claims import subscriptions_due
from services.scheduler.deliveries.failing import PATIENCE
from services.scheduler.deliveries.lane import LEASE, Lane
from services.scheduler.deliveries.room import STINT, Most, Room
from services.scheduler.deliveries.sending import Sender
from services.scheduler.deliveries.slots import Slots, Width
from shared.clock import Clock
from shared.db.session import authority_session
from shared.loops import for_all

Key = tuple[str, UUID]


@dataclass(slots=True)
class Lanes:
    """Every open lane of this process. A lane that failed is raised to whoever looks next."""

    engine: AsyncEngine
    clock: Clock
    sender: Sender
    lease: timedelta = LEASE
    patience: timedelta = PATIENCE
    most: Most = field(default_factory=Most)
    stint: float = STINT
    slots: Slots = field(default_factory=Slots)
    chance: random.Random = field(default_factory=random.SystemRandom)
    open: dict[Key, tuple[Lane, asyncio.Task[None]]] = field(default_factory=dict)
    """In the order in which they were opened."""
    troubled: set[Key] = field(default_factory=set)
    """Those that were slow or failing when their lane ended."""
    closed: bool = False
    opened: dict[Key, float] = field(default_factory=dict)
    """When each was last given a lane, in seconds of a clock that never goes back."""

    async def look(self, *councils: str) -> None:
        """Open or wake a lane for each subscription that has something due, whichever of these authorities' it is."""
        self._clear()
        due: list[Key] = []

        async def find(authority: str) -> None:
            async with authority_session(self.engine, authority, read_only=True) as session:
                found = await subscriptions_due(session, authority, self.clock.now())
            due.extend((authority, each) for each in found)

        try:
            await for_all("delivery", councils, find)
        finally:
            self._open_or_wake(due)

    async def drain(self) -> None:
        """Wait until every open lane has ended."""
        while self.open:
            await asyncio.wait([task for _, task in self.open.values()])
            self._clear()

    async def close(self, seconds: float = 2.0) -> None:
        """Begin nothing more, ever. What is not done in these seconds is sent again when its claim has run out."""
        self.closed = True
        for lane, _ in self.open.values():
            lane.close()
        tasks = [task for _, task in self.open.values()]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.open.clear()

    def _turn(self, key: Key) -> tuple[bool, float]:
        # Those in trouble last: they keep their lanes longest.
        return key in self.troubled, self.opened.get(key, 0.0)

    def _open_or_wake(self, due: list[Key]) -> None:
        now = time.monotonic()
        beside = ((lane, now - self.opened[key]) for key, (lane, _) in self.open.items())
        room = Room.beside(beside, self.most, self.stint)
        for key in sorted(due, key=self._turn):
            if key in self.open:
                self.open[key][0].news.set()
            elif not self.closed and room.take(troubled=key in self.troubled, known=key in self.opened):
                self._open(*key)

    def _open(self, authority: str, subscription: UUID) -> None:
        key = (authority, subscription)
        width = Width(troubled=key in self.troubled)
        lane = Lane(
            self.engine,
            self.clock,
            self.sender,
            authority,
            subscription,
            lease=self.lease,
            patience=self.patience,
            slots=self.slots,
            width=width,
            chance=self.chance,
        )
        self.opened[key] = time.monotonic()
        self.open[key] = (lane, asyncio.create_task(lane.run(), name="lane"))

    def _clear(self) -> None:
        for key, (lane, task) in list(self.open.items()):
            if task.done():
                del self.open[key]
                (self.troubled.add if lane.width.troubled else self.troubled.discard)(key)
                task.result()
