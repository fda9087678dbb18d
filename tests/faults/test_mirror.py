"""R-22: NATS absent, killed, or put back to an older copy. The feed is the record, and the mirror gets all of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from services.scheduler.mirror.broker import Broker
from services.scheduler.mirror.mirroring import Mirror
from shared.db.base import new_id
from shared.db.session import authority_session
from shared.events.language import ChildUpserted
from shared.events.outbox import publish
from tests.faults.nats import PROGRAM, WITHOUT, Nats
from tests.scheduler.bureau import Bureau
from tests.scheduler.receiver import Receiver

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=WITHOUT)


@pytest.fixture
async def broker(tmp_path) -> AsyncIterator[Nats]:
    async with Nats.beside(tmp_path) as nats:
        yield nats


@pytest.fixture
async def bureau(town) -> Bureau:
    return Bureau(town)


@asynccontextmanager
async def mirroring(town, broker, **how):
    """A scheduler's mirror of this council."""

    async def councils():
        return [town.authority]

    engine = town.apps["scheduler"].state.door.engine
    mirror = Mirror(engine, Broker((broker.url,), "DUECARE"), councils, **how)
    running = asyncio.create_task(mirror.run())
    try:
        yield mirror
    finally:
        running.cancel()


async def happen(town, events):
    """So many children are put on record."""
    async with authority_session(town.apps["reviews"].state.door.engine, town.authority) as session:
        told = [ChildUpserted(child := new_id(), child, new_id()) for _ in range(events)]
        await publish(session, town.authority, told, town.clock.now())


async def until_mirrored(town, seconds=10):
    async with asyncio.timeout(seconds):
        while True:
            [[behind]] = await town.rows(
                "SELECT h.position - coalesce(c.position, 0) FROM feed_head h LEFT JOIN mirror_cursor c USING (authority_id)"
            )
            if behind == 0:
                return
            await asyncio.sleep(0.02)


async def test_walk(town, bureau, broker):
    await broker.start()
    await happen(town, 3000)
    await bureau.relay()
    import time
    t = time.monotonic()
    async with mirroring(town, broker):
        await until_mirrored(town)
        print(time.monotonic() - t)
        held = await broker.held()
    assert len(held) == 3000
    print(held[0].headers, held[0].subject, held[0].data)
    assert [m.headers["duecare-position"] for m in held] == [str(n) for n in range(1, 3001)]
