"""The scheduler's work in a test, step by step, under the clock of the test's own council."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.sending import Sender, make_client
from services.scheduler.relay import relay
from services.scheduler.subscriptions.addresses import Addresses
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from shared.clock import FixedClock
from shared.db.base import new_id
from shared.db.session import authority_session
from shared.events.care_events import ChildUpserted
from shared.events.outbox import publish
from tests.scheduler.promises import look_after, move_start
from tests.scheduler.receiver import Receiver
from tests.town import Town

STEADY = random.Random(7)


@dataclass
class Bureau:
    """Sweep, relay and deliver, each when the test says so."""

    town: Town

    @property
    def clock(self) -> FixedClock:
        return self.town.clock

    @property
    def now(self) -> datetime:
        return self.town.clock.now()

    @property
    def engine(self) -> Any:
        return self.town.apps["scheduler"].state.door.engine

    async def look_after(self, **how: Any) -> list[UUID]:
        return await look_after(self.town.database_url, self.town.authority, self.now, **how)

    async def move_start(self, history: UUID, started_on: date) -> None:
        await move_start(self.town.database_url, self.town.authority, history, started_on, self.now)

    async def publish(self, events: int) -> None:
        """So many events, committed, each of a child of its own."""
        async with authority_session(self.engine, self.town.authority) as session:
            told = (ChildUpserted(new_id(), new_id(), new_id()) for _ in range(events))
            await publish(session, self.town.authority, told, self.now)

    async def sweep(self, batch: int = 1000) -> int:
        return await sweep(self.engine, self.town.authority, self.now, batch)

    async def relay(self, batch: int = 1000) -> int:
        return await relay(self.engine, self.town.authority, self.now, batch)

    @asynccontextmanager
    async def sender(self) -> AsyncIterator[Sender]:
        async with make_client() as client:
            yield Sender(client, Addresses(frozenset(), loopback=True), self.clock)

    async def deliver(self) -> None:
        async with self.sender() as sender:
            lanes = Lanes(self.engine, self.clock, sender)
            await lanes.look(self.town.authority)
            await lanes.drain()

    async def tell(self) -> None:
        """Everything that is due now: noticed, placed, delivered."""
        await self.sweep()
        await self.relay()
        await self.deliver()

    async def subscribe(
        self, receiver: Receiver | str, *types: str, role: Role = Role.CASE_SYSTEM, **more: Any
    ) -> dict[str, Any]:
        """A subscription of that receiver or address, to these types, and with what `more` is to be said of it."""
        body = {"url": receiver if isinstance(receiver, str) else receiver.url} | more
        body |= {"types": list(types)} if types else {}
        answer = await self.town.ask("scheduler", "POST", "/v1/subscriptions", body, role=role)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def feed(self, after: int = 0, limit: int = 1000) -> list[dict[str, Any]]:
        answer = await self.town.ask("scheduler", "GET", f"/v1/events?after={after}&limit={limit}")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["events"])

    async def told(self) -> list[str]:
        """The types of the feed's events, in order."""
        return [each["event"]["type"] for each in await self.feed()]

    async def breaches(self) -> list[Any]:
        return await self.town.rows("SELECT * FROM breach ORDER BY recorded_at")
