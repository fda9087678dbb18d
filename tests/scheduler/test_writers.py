"""Who gives places in the feed: one at a time, and nobody who was overtaken."""

from datetime import timedelta

from prometheus_client import REGISTRY

from services.scheduler.relay import Writer
from shared.db.session import authority_session

A_WHILE = timedelta(minutes=10)
HEAD = "SELECT position, epoch, writer FROM feed_head"


def fenced():
    return REGISTRY.get_sample_value("duecare_relay_fenced_total")


async def test_a_feed_that_somebody_holds_is_left_to_them_until_they_let_go(bureau):
    authority = bureau.town.authority
    holder, other = Writer(bureau.engine, A_WHILE), Writer(bureau.engine, A_WHILE)
    await bureau.publish(1)
    assert await holder.relay(authority, bureau.now) == 1
    await bureau.publish(1)
    assert await other.relay(authority, bureau.now) == 1
    assert await holder.relay(authority, bureau.now) == 2
    await holder.let_go()
    await bureau.publish(1)
    assert await other.relay(authority, bureau.now) == 3


async def test_a_writer_that_was_overtaken_is_refused_and_writes_nothing(bureau):
    authority, refused = bureau.town.authority, fenced()
    overtaken, other = Writer(bureau.engine), Writer(bureau.engine, A_WHILE)
    await bureau.publish(1)
    await overtaken.relay(authority, bureau.now)
    await bureau.publish(1)
    await other.relay(authority, bureau.now)
    await bureau.publish(1)
    assert await overtaken.relay(authority, bureau.now) == 2
    assert fenced() == refused + 1
    assert await bureau.town.rows(HEAD) == [(2, 2, other.id)]
    assert await other.relay(authority, bureau.now) == 3


async def test_a_writer_in_the_middle_of_a_batch_is_not_waited_for(bureau):
    authority = bureau.town.authority
    await bureau.publish(1)
    assert await bureau.relay() == 1
    await bureau.publish(1)
    async with authority_session(bureau.engine, authority) as session:
        await Writer(bureau.engine).write(session, authority, bureau.now, 10)
        assert await bureau.relay() == 1
    assert await bureau.relay() == 2


async def test_where_nothing_waits_nothing_is_written(bureau):
    writer = Writer(bureau.engine, A_WHILE)
    assert await writer.relay(bureau.town.authority, bureau.now) == 0
    assert await bureau.town.rows(HEAD) == []
    await bureau.publish(1)
    await writer.relay(bureau.town.authority, bureau.now)
    [before] = await bureau.town.rows("SELECT xmin, held_until FROM feed_head")
    await writer.relay(bureau.town.authority, bureau.now)
    assert await bureau.town.rows("SELECT xmin, held_until FROM feed_head") == [before]
