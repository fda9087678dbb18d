"""A council whose feed is mirrored, in a test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from services.scheduler.mirror.broker import Broker
from services.scheduler.mirror.mirroring import Mirror
from shared.db.base import new_id
from shared.db.session import authority_session
from shared.events.care_events import ChildUpserted
from shared.events.outbox import publish
from tests.scheduler.bureau import Bureau

BEHIND = """
    SELECT h.position - coalesce(c.position, 0) FROM feed_head h LEFT JOIN mirror_cursor c USING (authority_id)
"""


class Mirrored(Bureau):
    """What happens gets its place at once; the mirror runs in `mirroring`."""

    async def happen(self, events: int) -> None:
        """So many children are put on record."""
        engine = self.town.apps["reviews"].state.door.engine
        told = [ChildUpserted(child := new_id(), child, new_id()) for _ in range(events)]
        async with authority_session(engine, self.town.authority) as session:
            await publish(session, self.town.authority, told, self.now)
        await self.relay()

    @asynccontextmanager
    async def mirroring(self, url: str, creds: Path | None = None, **how: Any) -> AsyncIterator[Mirror]:
        """One scheduler's mirror of this council alone."""
        settings = self.town.settings.model_copy(
            update={"nats_url": SecretStr(url), "nats_credentials": creds}
        )
        broker = Broker.of(settings)
        assert broker

        async def councils() -> list[str]:
            return [self.town.authority]

        mirror = Mirror(self.engine, broker, councils, **how)
        running = asyncio.create_task(mirror.run())
        try:
            yield mirror
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def all_acknowledged(self, seconds: float = 60) -> None:
        """Return once NATS has acknowledged every event of the feed."""
        async with asyncio.timeout(seconds):
            while await self.behind():  # noqa: ASYNC110  NATS is another process
                await asyncio.sleep(0.02)

    async def behind(self) -> int:
        """How many events of the feed NATS has not acknowledged."""
        [[events]] = await self.town.rows(BEHIND)
        return int(events)
