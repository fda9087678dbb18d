from contextlib import suppress

import pytest

from services.scheduler.relay import LISTENERS, Writer
from shared.db.base import new_id
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.events.care_events import ChildUpserted
from shared.events.outbox import publish
from tests.scheduler.receiver import Receiver


@pytest.fixture
async def reviews(database_url):
    engine = connect(database_url, "duecare_reviews", name="tests", pool_size=8)
    yield engine
    await engine.dispose()


def an_event():
    return ChildUpserted(new_id(), new_id(), new_id())


async def test_an_event_that_commits_late_is_placed_after_those_that_a_reader_has_seen(bureau, reviews):
    authority, early, late = bureau.town.authority, an_event(), an_event()
    async with authority_session(reviews, authority) as slow:
        await publish(slow, authority, [late], bureau.now)
        async with authority_session(reviews, authority) as quick:
            await publish(quick, authority, [early], bureau.now)
        await bureau.relay()
        [seen] = await bureau.feed()
    await bureau.relay()
    [missed_by_no_one] = await bureau.feed(after=seen["position"])
    assert seen["event"]["data"]["child_id"] == str(early.child_id)
    assert missed_by_no_one["position"] == 2
    written = await bureau.town.rows("SELECT id FROM outbox_event ORDER BY seq")
    assert (
        str(written[-1].id) == seen["event"]["id"]
    )  # whoever reads on from the last one written misses the late one
    assert missed_by_no_one["event"]["data"]["child_id"] == str(late.child_id)


async def test_a_relay_that_dies_before_it_commits_has_given_no_place_away(bureau, reviews):
    authority = bureau.town.authority
    await bureau.publish(1)
    assert await bureau.relay() == 1
    async with authority_session(reviews, authority) as session:
        await publish(session, authority, [an_event() for _ in range(3)], bureau.now)
    with suppress(ZeroDivisionError):
        async with authority_session(bureau.engine, authority) as session:
            assert (await Writer(bureau.engine).write(session, authority, bureau.now, 1000)).placed == 3
            raise ZeroDivisionError
    assert len(await bureau.feed()) == 1
    assert await bureau.relay() == 4


async def test_an_historic_breach_reaches_the_feed_and_no_webhook(bureau):
    async with Receiver.listening() as receiver:
        await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after(historic=True)
        await bureau.look_after(historic=False)
        await bureau.tell()
        assert (await bureau.told()).count("deadline.breached") == 2
        assert len(receiver.hooks) == 1
        assert b'"historic":false' in receiver.hooks[0].body


async def test_a_subscription_hears_only_the_types_it_named_and_only_from_then_on(bureau):
    async with Receiver.listening() as some, Receiver.listening() as everything:
        await bureau.look_after()
        await bureau.tell()
        await bureau.subscribe(some, "deadline.breached")
        await bureau.subscribe(everything)
        await bureau.look_after()
        await bureau.tell()
        assert len(some.hooks) == 1
        assert len(everything.hooks) == 2


async def test_where_very_many_listen_fewer_events_are_handed_out_in_one_statement_and_none_is_left(
    bureau, reviews
):
    authority, listeners = bureau.town.authority, 2 * LISTENERS
    for _ in range(listeners):
        await bureau.subscribe("http://127.0.0.1:9/hooks", "child.upserted")
    async with authority_session(reviews, authority) as session:
        await publish(session, authority, [an_event() for _ in range(10)], bureau.now)
    written = [each.placed async for each in Writer(bureau.engine).batches(authority, bureau.now, 10)]
    assert written == [5, 5, 0]
    [[handed_out]] = await bureau.town.rows("SELECT count(*) FROM delivery")
    assert handed_out == 10 * listeners
