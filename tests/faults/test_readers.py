"""R-20 and R-21: many readers, dropped at random, and many writers, committing in any order: nobody misses anything."""

import asyncio
import time
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
from tests.faults.stalling import connections, read_to_the_end, stalled_reader
from tests.scheduler.live import until

WRITERS, TURNS, AT_ONCE = size((6, 10, 2), (8, 625, 10))
STREAMS, CHILDREN, DROPS = size((6, 40, 3), (200, 1000, 10))
STALLED, FEED = size((60, 8_000), (200, 16_000))  # events of twice as many bytes as lie between two ends
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
    await assert_invariants(council.town)


async def test_readers_who_never_read_cost_nothing_delay_nobody_and_are_let_go(live, chance):
    async with live.scheduler() as scheduler:
        scheduler.start()
        await scheduler.ready()
        token = live.town.token(Role.OPERATOR)
        reader = Reader(f"{scheduler.url}/v1/events/stream", token)
        following = asyncio.create_task(reader.follow(FEED))
        await live.bureau.publish(1)
        await until(lambda: has_come_to(reader, 1))
        before = memory(scheduler.child.pid)
        stalled = [stalled_reader(scheduler.port, token) for _ in range(STALLED)]
        began = time.monotonic()
        for events in pieces(FEED - 1):
            await live.bureau.publish(events)
        await asyncio.wait_for(following, size(10 * SLACK, 120))
        told, grown = time.monotonic() - began, memory(scheduler.child.pid) - before
        assert reader.positions == list(range(1, FEED + 1))
        assert grown < 50 * MEGABYTE
        print(
            f"{STALLED} readers never read {FEED:,} events, of which another had the last after {told:.1f} s;"
        )
        print(f"the scheduler has grown by {grown / MEGABYTE:.0f} MB.")
        if LONG:
            await until(lambda: nobody_is_connected(scheduler), 2 * SEND_WITHIN + SLACK)
            print(
                f"All were let go after {time.monotonic() - began:.1f} s, of {SEND_WITHIN:.0f} s for a chunk."
            )
            assert await asyncio.to_thread(read_to_the_end, stalled[0]) < FEED
            note("stalled reader cut", STALLED)
        for each in stalled:
            each.close()
    await assert_invariants(live.town)


def pieces(events, most=4000):
    return [most] * (events // most) + [events % most]


async def has_come_to(reader, position):
    return bool(reader.told) and reader.told[-1][0] >= position


async def nobody_is_connected(process):
    return connections(process.port) == 0


def memory(pid: int) -> int:
    """The resident memory of a process, in bytes."""
    [line] = [
        each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("VmRSS")
    ]
    return int(line.split()[1]) * 1024
