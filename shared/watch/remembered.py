"""An answer that is costly to find out, kept for a few seconds."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

log = logging.getLogger("duecare.watch")
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Remembered(Generic[Answer]):
    """`ask` is asked again once its answer is `seconds` old, by one caller while the others wait, and is given
    `within` seconds. What could not be found out is None: an old answer would look like a new one."""

    ask: Callable[[], Awaitable[Answer]]
    seconds: float
    within: float
    known: Answer | None = None
    until: float = 0.0
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self) -> Answer | None:
        """The answer, or None where there is none just now. Raises nothing."""
        async with self.asking:
            if time.monotonic() >= self.until:
                self.known = await self._found_out()
                self.until = time.monotonic() + self.seconds
            return self.known

    async def _found_out(self) -> Answer | None:
        try:
            async with asyncio.timeout(self.within):
                return await self.ask()
        except Exception as error:
            log.warning("what is watched could not be asked for (%s)", type(error).__name__)
            return None
