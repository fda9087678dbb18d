"""What open streams share of their reading, and what each of them still has for itself."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import anyio
import pytest

from services.scheduler.feed.filters import Filter
from services.scheduler.feed.heads import Heads
from services.scheduler.feed.readings import BATCH, Readings
from services.scheduler.feed.stream import Stream
from services.scheduler.feed.turns import READERS
from shared.auth.principal import Principal, Role
from shared.refusals import Contradiction
from tests.scheduler.restoring import restored_to

RESTRICTED = {"restricted": True, "restricted_to": ["iro-jo"]}


@pytest.fixture
async def readings(bureau):
    """The readings of a feed of four events, the last two of them about a restricted child."""
    await bureau.publish(2)
    await bureau.town.put("/v1/children/C-1", RESTRICTED)
    await bureau.town.put("/v1/children/C-1", RESTRICTED | {"team": "north"}, if_match='"1"')
    heads = Heads()
    heads.tell(bureau.town.authority, await bureau.relay())
    return Readings(heads)


def reader(bureau, subject="iro-stranger"):
    return Principal(subject, bureau.town.authority, frozenset({Role.IRO}))


async def test_readers_who_may_see_the_same_and_want_the_same_share_one_read(bureau, readings):
    strangers = [reader(bureau, f"iro-{n}") for n in range(20)]
    chunks = await asyncio.gather(*(readings.after(bureau.engine, who, Filter(), 0) for who in strangers))
    assert all(chunk is chunks[0] for chunk in chunks)
    assert (chunks[0].sent.count(b"\r\ndata: "), chunks[0].until) == (2, 4)
    named = await readings.after(bureau.engine, reader(bureau, "iro-jo"), Filter(), 0)
    assert (named.sent.count(b"\r\ndata: "), named.until) == (4, 4)
    few = await readings.after(bureau.engine, reader(bureau, "iro-jo"), Filter(teams=("south",)), 0)
    assert (few.sent, few.until) == (b"", 4)


async def test_a_child_who_becomes_restricted_is_left_out_of_what_was_read_before(bureau, readings):
    child = {"team": "south"}
    await bureau.town.put("/v1/children/C-2", child)
    readings.heads.tell(bureau.town.authority, await bureau.relay())
    who = reader(bureau)
    before = await readings.after(bureau.engine, who, Filter(), 0)
    await bureau.town.put("/v1/children/C-2", child | RESTRICTED, if_match='"1"')
    readings.heads.tell(bureau.town.authority, await bureau.relay())
    after = await readings.after(bureau.engine, who, Filter(), 0)
    assert (before.sent.count(b"\r\ndata: "), after.sent.count(b"\r\ndata: ")) == (3, 2)


async def test_a_stream_goes_on_from_where_it_is_and_ends_with_its_token(bureau, readings):
    """Nothing of the database is held while it waits."""
    until, end = bureau.now + timedelta(hours=1), anyio.Event()
    who = reader(bureau)
    stream = Stream(bureau.engine, bureau.clock, readings, who, Filter(), until, end).events(1)
    greeting, first = await anext(stream), await anext(stream)
    assert greeting.retry and first.startswith(b"id: 2\r\nevent: child.upserted\r\ndata: {")
    following = asyncio.create_task(anext(stream))
    await asyncio.wait({following}, timeout=0.1)
    assert not following.done() and bureau.engine.pool.checkedout() == 0
    await bureau.publish(600)
    readings.heads.tell(bureau.town.authority, await bureau.relay())
    pieces = [await following, *[await anext(stream) for _ in range(600 // BATCH - 1)]]
    assert b"".join(pieces).count(b"\r\ndata: ") == 600
    bureau.town.pass_time(hours=1)
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_what_the_database_says_too_late_for_a_token_is_not_sent(bureau, readings):
    until, who = bureau.now + timedelta(hours=1), reader(bureau)
    stream = Stream(bureau.engine, bureau.clock, readings, who, Filter(), until, anyio.Event()).events(0)
    assert (await anext(stream)).retry
    async with AsyncExitStack() as everybody_else:
        for _ in range(READERS):
            await everybody_else.enter_async_context(readings.turns.one())
        late = asyncio.create_task(anext(stream))
        await asyncio.wait({late}, timeout=0.05)
        bureau.town.pass_time(hours=1)
        assert not late.done()
    with pytest.raises(StopAsyncIteration):
        await late


async def test_after_a_backup_was_put_back_streams_end_and_nothing_is_told_that_was_read_before(
    bureau, readings
):
    until, who = bureau.now + timedelta(hours=1), reader(bureau, "iro-jo")
    ahead = Stream(bureau.engine, bureau.clock, readings, who, Filter(), until, anyio.Event()).events(1)
    _, before = await anext(ahead), await anext(ahead)
    following = asyncio.create_task(anext(ahead))

    await restored_to(bureau.town, 2)
    readings.heads.tell(bureau.town.authority, await bureau.relay())
    with pytest.raises(StopAsyncIteration):
        await following
    with pytest.raises(Contradiction):
        await readings.check(bureau.engine, bureau.town.authority, 4)
    assert not await readings.heads.beyond(bureau.town.authority, 2, 0.01)

    await bureau.publish(2)
    readings.heads.tell(bureau.town.authority, await bureau.relay())
    again = await readings.after(bureau.engine, who, Filter(), 1)
    assert again.until == 4 and again.sent.startswith(before[: before.index(b"id: 3")])
    assert again.sent != before
