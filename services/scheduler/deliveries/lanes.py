"""Opens a lane for each subscription that has something due, and no more than one."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.deliveries.claims import subscriptions_due
from services.scheduler.deliveries.lane import LEASE, Lane
from services.scheduler.deliveries.sending import Sender
from shared.clock import Clock
from shared.db.session import authority_session


@dataclass(slots=True)
class Lanes:
    """Every open lane of this process. A lane that failed is raised to whoever looks next."""

    engine: AsyncEngine
    clock: Clock
    sender: Sender
    lease: timedelta = LEASE
    open: dict[tuple[str, UUID], tuple[Lane, asyncio.Task[None]]] = field(default_factory=dict)

    async def look(self, authority: str) -> None:
        """Open or wake a lane for each subscription of one authority that has something due."""
        self._clear()
        async with authority_session(self.engine, authority, read_only=True) as session:
            due = await subscriptions_due(session, authority, self.clock.now())
        for subscription in due:
            self._open_or_wake(authority, subscription)

    async def drain(self) -> None:
        """Wait until every open lane has ended."""
        while self.open:
            await asyncio.wait([task for _, task in self.open.values()])
            self._clear()

    async def close(self, seconds: float = 3.0) -> None:
        """Begin nothing more. What is not done in these seconds is sent again when its claim has run out."""
        for lane, _ in self.open.values():
            lane.closing = True
            lane.news.set()
        tasks = [task for _, task in self.open.values()]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.open.clear()

    def _open_or_wake(self, authority: str, subscription: UUID) -> None:
        key = (authority, subscription)
        if key in self.open:
            self.open[key][0].news.set()
            return
        lane = Lane(self.engine, self.clock, self.sender, authority, subscription, self.lease)
        self.open[key] = (lane, asyncio.create_task(lane.run(), name="lane"))

    def _clear(self) -> None:
        for key, (_, task) in list(self.open.items()):
            if task.done():
                del self.open[key]
                task.result()
