"""A reader of the stream who loses the connection now and then, and goes on after the last event it has whole."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import httpx

from services.cli.demo.following import told_in

PAUSE = 0.05  # seconds before it comes back
TRUST = ssl.create_default_context()
"""Made once: for two hundred clients that takes seconds, in which nothing else turns."""


@dataclass
class Reader:
    """`told` are the events as they came: position, type and data. `refused` are the statuses that were no stream.
    `endings` say of each stream how it ended, unless it was dropped here: "whole", "within an event" or "broken"."""

    url: str
    token: str
    told: list[tuple[int, str, str]] = field(default_factory=list)
    refused: list[int | None] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)
    drops: int = 0

    @property
    def positions(self) -> list[int]:
        return [position for position, _, _ in self.told]

    async def follow(self, until: int | None = None, drops: Callable[[], bool] = lambda: False) -> None:
        """Until it has been told of this position (None: for ever). `drops` says after each event whether the
        connection is lost there."""
        async with httpx.AsyncClient(timeout=httpx.Timeout(20), trust_env=False, verify=TRUST) as client:
            while until is None or not self.told or self.told[-1][0] < until:
                await self.once(client, until, drops)
                await asyncio.sleep(PAUSE)

    async def once(
        self, client: httpx.AsyncClient, until: int | None = None, drops: Callable[[], bool] = lambda: False
    ) -> None:
        """One connection, for as long as it lasts."""
        streams = False
        try:
            async with client.stream("GET", self.url, headers=self._headers()) as answer:
                streams = answer.status_code == 200
                if streams:
                    await self._listen(answer.aiter_lines(), until, drops)
                else:
                    self.refused.append(answer.status_code)
        except httpx.TransportError:
            self.refused.append(None)
            if streams:
                self.endings.append("broken")

    async def _listen(self, lines: AsyncIterator[str], until: int | None, drops: Callable[[], bool]) -> None:
        last = ""

        async def heard() -> AsyncIterator[str]:
            nonlocal last
            async for line in lines:
                last = line
                yield line

        async for told in told_in(heard()):
            self.told.append((told.position, told.type, told.data))
            if told.position == until:
                return
            if drops():
                self.drops += 1
                return
        self.endings.append("within an event" if last else "whole")  # after an event comes an empty line

    def _headers(self) -> dict[str, str]:
        last = {"last-event-id": str(self.told[-1][0])} if self.told else {}
        return {"authorization": f"Bearer {self.token}"} | last
