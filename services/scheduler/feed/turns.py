"""Whose turn it is to read the feed: few at once, because the sweep and the relay share their pool."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.db.engine import TURN_WITHIN

READERS = 3  # reads at once, however many ask for pages and however many streams open or wake


@dataclass(slots=True)
class Turns:
    """`unanswered` counts the reads for which the database was waited for in vain."""

    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(READERS))
    unanswered: int = 0

    @asynccontextmanager
    async def one(self, within: float | None = TURN_WITHIN) -> AsyncIterator[None]:
        """A turn. Raises TimeoutError where none comes within these seconds (None: however long), and where one came
        only because the database had not answered whoever had it: nobody waits for the same silence twice."""
        before = self.unanswered
        async with asyncio.timeout(within):
            await self.free.acquire()
        try:
            if self.unanswered != before:
                raise TimeoutError
            try:
                yield
            except (TimeoutError, PoolTimeout):
                self.unanswered += 1
                raise
        finally:
            self.free.release()
