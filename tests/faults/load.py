"""The standard load: a case system that writes, readers of the feed, a stream that is followed."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from shared.auth.principal import Role
from shared.clock import SystemClock
from shared.timescales.london import london_date
from tests.faults.chance import size
from tests.faults.council import Council
from tests.faults.invariants import assert_honest
from tests.faults.reading import Reader
from tests.stateful.processes import Served

WRITERS, FEED_READERS, STREAMS = size((2, 1, 1), (8, 2, 20))
BREATH = 0.03  # seconds between two requests of one writer
PATIENCE = 0.15  # seconds before it asks again for what it did not get


@dataclass
class Load:
    """`acknowledged` are the references that were answered with success; `seconds` is how long each answer took."""

    council: Council
    reviews: Served
    scheduler: Served
    acknowledged: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    statuses: list[int | None] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    feeds: list[list[int]] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def on(cls, council: Council, **variables: str) -> AsyncIterator["Load"]:
        """The load on a council whose services go by these variables, for as long as the block lasts."""
        services = [await council.start_known(name, **variables) for name in ("reviews", "scheduler")]
        load = cls(council, *services)
        work = [load.write(n) for n in range(WRITERS)] + [load.read() for _ in range(FEED_READERS)]
        work += [load.follow() for _ in range(STREAMS)]
        tasks = [asyncio.ensure_future(each) for each in work]
        try:
            yield load
            assert not [task for task in tasks if task.done()], "somebody gave up"
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def write(self, number: int) -> None:
        """Children who have been looked after for two months without a review. What is not acknowledged is sent again
        until it is."""
        started = str(london_date(SystemClock().now() - timedelta(days=60)))
        async with self._client(self.reviews) as client:
            for n in range(10**6):
                reference = f"{number}-{n}"
                await self._put(client, f"/v1/children/{reference}", {})
                self.asked.add(reference)
                await self._put(
                    client, f"/v1/care_periods/{reference}", {"child": reference, "started_on": started}
                )
                self.acknowledged.add(reference)
                await asyncio.sleep(BREATH)

    async def read(self) -> None:
        """The feed, page by page."""
        self.feeds.append(feed := [])
        async with self._client(self.scheduler) as client:
            while True:
                after = feed[-1] if feed else 0
                answer = await self._ask(client, "GET", f"/v1/events?after={after}&limit=200", None)
                if answer is not None and answer.status_code == 200:
                    feed += [each["position"] for each in answer.json()["events"]]
                await asyncio.sleep(PATIENCE)

    async def follow(self) -> None:
        """The stream, from the first event on."""
        url = f"http://127.0.0.1:{self.scheduler.port}/v1/events/stream"
        self.readers.append(reader := Reader(url, self.council.town.token(Role.OPERATOR)))
        await reader.follow()

    async def goes_on(self, within: float) -> None:
        """Returns once a writer has been answered with success again; fails where that takes longer."""
        before = len(self.acknowledged)
        async with asyncio.timeout(within):
            while len(self.acknowledged) < before + WRITERS * 2:  # noqa: ASYNC110  it happens in another process
                await asyncio.sleep(0.02)

    async def is_refused(self, within: float) -> None:
        """Returns once somebody was told to come back later."""
        before = self.statuses.count(503)
        async with asyncio.timeout(within):
            while self.statuses.count(503) == before:  # noqa: ASYNC110  it happens in another process
                await asyncio.sleep(0.02)

    async def check(self) -> None:
        """I1, I2 and I9 for what was asked; and that no reader missed anything."""
        assert_honest(self.statuses)
        rows = await self.council.town.rows("SELECT reference FROM care_period")
        stored = {row.reference for row in rows}
        assert self.acknowledged <= stored <= self.asked
        assert all(feed == list(range(1, len(feed) + 1)) for feed in self.feeds)
        for reader in self.readers:
            assert reader.positions == list(range(1, len(reader.told) + 1))
            assert_honest(reader.refused)

    async def _put(self, client: httpx.AsyncClient, path: str, body: Any) -> None:
        while True:
            answer = await self._ask(client, "PUT", path, body)
            if answer is not None and answer.is_success:
                return
            await asyncio.sleep(PATIENCE)

    async def _ask(
        self, client: httpx.AsyncClient, method: str, path: str, body: Any
    ) -> httpx.Response | None:
        began = time.monotonic()
        try:
            answer = await client.request(
                method, path, json=body, headers={"if-match": "*"} if body is not None else {}
            )
        except httpx.TransportError:
            answer = None
        self.seconds.append(time.monotonic() - began)
        self.statuses.append(answer and answer.status_code)
        return answer

    def _client(self, served: Served) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {self.council.town.token(Role.CASE_SYSTEM)}"}
        base = f"http://127.0.0.1:{served.port}"
        return httpx.AsyncClient(base_url=base, headers=headers, timeout=20, trust_env=False)
