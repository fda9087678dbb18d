"""R-20 and R-21: many readers, dropped at random, and many writers, committing in any order: nobody misses anything."""

import asyncio
from pathlib import Path

import pytest

from services.scheduler.feed.stream import SEND_WITHIN
from shared.auth.principal import Role
from shared.db.base import new_id
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.events.care_events import ChildUpserted
from shared.events.outbox import publish
from shared.loops import waited_out
from tests.faults.chance import LONG, note, size
from tests.faults.council import SLACK
from tests.faults.invariants import assert_invariants
from tests.faults.reading import Reader
from tests.faults.stalling import read_to_the_end, stalled_reader

WRITERS, TURNS, AT_ONCE = size((6, 10, 2), (8, 625, 10))
STREAMS, CHILDREN, DROPS = size((6, 40, 3), (200, 1000, 10))
MEGABYTE = 1024 * 1024
EVENTS = "SELECT position, type, CAST(envelope AS text) AS data FROM outbox_event ORDER BY position"


@pytest.fixture
async def reviews(database_url):
    engine = connect(database_url, "duecare_reviews", name="tests", pool_size=WRITERS)
    yield engine
    await engine.dispose()


async def test_a_reader_among_many_writers_and_two_relays_sees_every_event_without_a_gap(
    bureau, reviews, chance
):
    authority, written = bureau.town.authority, WRITERS * TURNS * AT_ONCE
    seen, writing = [], asyncio.Event()

    async def write():
        for _ in range(TURNS):
            async with authority_session(reviews, authority) as session:
                events = [ChildUpserted(new_id(), new_id(), new_id()) for _ in range(AT_ONCE)]
                await publish(session, authority, events, bureau.now)
                await asyncio.sleep(chance.random() / 50)

    async def keep_relaying():
        while not writing.is_set():
            await waited_out("relay", lambda: bureau.relay(batch=size(7, 300)))

    async def read():
        while not (writing.is_set() and len(seen) >= written):
            seen.extend(await bureau.feed(after=seen[-1]["position"] if seen else 0))
            await asyncio.sleep(0.02)

    others = [asyncio.create_task(work()) for work in (keep_relaying, keep_relaying, read)]
    await asyncio.gather(*(write() for _ in range(WRITERS)))
    writing.set()
    await asyncio.gather(*others[:2])
    await bureau.relay()
    await asyncio.wait_for(others[2], size(10, 60))
    assert [each["position"] for each in seen] == list(range(1, written + 1))
    assert len({each["event"]["id"] for each in seen}) == written
    note("events written side by side", written)
    await assert_invariants(bureau.town, clock=bureau.clock)


async def test_every_reader_of_the_stream_is_told_all_of_it_however_often_it_is_dropped(council, chance):
    scheduler, last = await council.start_known(), 2 * CHILDREN
    url = f"http://127.0.0.1:{scheduler.port}/v1/events/stream"
    before = memory(scheduler.pid)
    readers = [Reader(url, council.town.token(Role.OPERATOR)) for _ in range(STREAMS)]
    stalled = stalled_reader(scheduler.port, readers[0].token)
    following = [
        asyncio.create_task(each.follow(last, drops=lambda: chance.random() < DROPS / last))
        for each in readers
    ]
    for _ in range(4):
        await council.bureau.look_after(children=CHILDREN // 4)
        await asyncio.sleep(0.1)
    await council.drained()
    await asyncio.wait_for(asyncio.gather(*following), size(10 * SLACK, 120))
    told = [tuple(row) for row in await council.town.rows(EVENTS)]
    assert [position for position, _, _ in told] == list(range(1, last + 1))
    assert all(reader.told == told for reader in readers)
    note("stream dropped", sum(reader.drops for reader in readers))
    assert memory(scheduler.pid) - before < 50 * MEGABYTE
    if LONG:  # whoever does not read is not waited for, once what lies between is full
        for _ in range(8):
            await council.bureau.look_after(children=1000)
        await council.drained()
        await asyncio.sleep(SEND_WITHIN + SLACK)
        assert await asyncio.to_thread(read_to_the_end, stalled) < last + 16_000
        note("stalled reader cut")
    stalled.close()
    await assert_invariants(council.town)


def memory(pid: int) -> int:
    """The resident memory of a process, in bytes."""
    [line] = [
        each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("VmRSS")
    ]
    return int(line.split()[1]) * 1024
