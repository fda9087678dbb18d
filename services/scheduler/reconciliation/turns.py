"""Whose turn it is to count: it takes seconds of the database, and the sweep and the relay share the pool."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from shared.db.engine import TURN_WITHIN
from shared.refusals import Unavailable

AT_ONCE = 2  # counts, of different councils


@dataclass(slots=True)
class Counting:
    """One at a time for each council, so that none of them keeps the others waiting for ever."""

    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    of: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    @asynccontextmanager
    async def one(self, authority: str) -> AsyncIterator[None]:
        """A turn. Raises Unavailable where none comes soon."""
        mine = self.of[authority]
        try:
            async with asyncio.timeout(TURN_WITHIN):
                await mine.acquire()
                try:
                    await self.places.acquire()
                except BaseException:
                    mine.release()
                    raise
        except TimeoutError:
            raise Unavailable(
                "Figures are being counted for others: one at a time for a council, two at once. Ask again in a moment."
            ) from None
        try:
            yield
        finally:
            self.places.release()
            mine.release()
