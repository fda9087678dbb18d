"""R-22: NATS absent, killed, or put back to an older copy. The feed is the record, and the mirror gets all of it."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from nats.errors import Error as NatsError

from services.scheduler.mirror.broker import Broker
from services.scheduler.mirror.figures import AWAY, BEHIND, LACKED, MIRRORED
from services.scheduler.mirror.mirroring import mirroring
from tests.faults.mirrored import Mirrored
from tests.faults.nats import PROGRAM, WITHOUT, Nats
from tests.faults.nats_accounts import accounts
from tests.scheduler.receiver import Receiver
from tests.town import Town

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=WITHOUT)


@pytest.fixture
async def broker(tmp_path) -> AsyncIterator[Nats]:
    async with Nats.beside(tmp_path) as nats:
        yield nats


@pytest.fixture
async def council(town: Town) -> Mirrored:
    return Mirrored(town)


def positions(messages) -> list[int]:
    return [int(each.headers["duecare-position"]) for each in messages]


async def until(happened, seconds=20):
    """Return once it is so."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110
            await asyncio.sleep(0)


async def until_it_holds(broker, count, seconds=60):
    """The messages, once there are so many."""
    async with asyncio.timeout(seconds):
        while True:
            try:
                if len(held := await broker.held()) >= count:
                    return held
            except (NatsError, OSError):
                pass  # not there again yet
            await asyncio.sleep(0.05)


async def test_while_nats_is_away_everybody_else_is_told_and_then_nats_is_too(council, broker):
    async with Receiver.listening() as receiver, council.mirroring(broker.url):
        await council.subscribe(receiver)
        await council.happen(3)
        await council.deliver()
        feed = await council.feed()
        assert len(receiver.ids) == len(feed) == 3
        await until(lambda: BEHIND._value.get() == 3)

        await broker.start()
        await council.all_acknowledged()
        held = await broker.held(f"duecare.{council.town.authority}.child.*")
        await until(lambda: BEHIND._value.get() == 0)

    assert positions(held) == [1, 2, 3]
    assert {each.data for each in held} == {hook.body for hook in receiver.hooks}
    for message, placed in zip(held, feed, strict=True):
        event = JSONFormat().read(CloudEvent, message.data)
        assert message.headers["Nats-Msg-Id"] == message.headers["ce-id"] == event.get_id()
        assert message.headers["content-type"] == "application/cloudevents+json"
        assert json.loads(message.data) == placed["event"]


async def test_killed_in_mid_stream_nats_holds_every_event_once_and_in_order(council, broker):
    await council.happen(2000)
    await broker.start()
    acknowledged = MIRRORED._value.get()
    async with council.mirroring(broker.url, batch=100):
        await until(lambda: MIRRORED._value.get() >= acknowledged + 300)
        broker.kill()
        assert await council.behind() > 0
        await council.happen(50)
        await broker.start()
        await council.all_acknowledged()
    assert positions(await broker.held()) == list(range(1, 2051))


async def test_put_back_to_an_older_copy_nats_is_given_what_came_after_and_no_more(council, broker):
    lacked = LACKED._value.get()
    await broker.start()
    async with council.mirroring(broker.url, check_every=0.1):
        await council.happen(40)
        await council.all_acknowledged()
        broker.kill()
        older = broker.copy_away()
        await broker.start()
        await council.happen(30)
        await council.all_acknowledged()
        broker.kill()
        broker.put_back(older)
        await broker.start()
        held = await until_it_holds(broker, 70)
        await council.happen(1)
        await council.all_acknowledged()
    assert positions(held) == list(range(1, 71)) and LACKED._value.get() == lacked + 30


async def test_what_was_deleted_from_the_stream_comes_again_be_it_a_few_or_all(council, broker):
    lacked = LACKED._value.get()
    await council.happen(50)
    await broker.start()
    async with council.mirroring(broker.url, check_every=0.1), broker.connected() as js:
        await council.all_acknowledged()
        for sequence in (7, 8, 31):
            await js.delete_msg("DUECARE", sequence)
        held = await until_it_holds(broker, 50)
        assert positions(held)[-3:] == [7, 8, 31]

        await js.delete_stream("DUECARE")
        assert positions(await until_it_holds(broker, 50)) == list(range(1, 51))
    assert LACKED._value.get() == lacked + 3 + 50


async def test_what_the_streams_own_limits_removed_stays_removed(council, broker):
    lacked = LACKED._value.get()
    await broker.start()
    async with broker.connected() as js:
        await js.add_stream(name="DUECARE", subjects=["duecare.>"], max_msgs=20)
        await council.happen(50)
        async with council.mirroring(broker.url, check_every=0.05) as mirror:
            await council.all_acknowledged()
            await checked_again(mirror)
            assert positions(await broker.held()) == list(range(31, 51))
            await js.purge_stream("DUECARE")
            await checked_again(mirror)
    assert await broker.held() == [] and LACKED._value.get() == lacked


async def checked_again(mirror):
    """Return once the mirror has compared what NATS holds with the feed, from now on."""
    mirror.checked.clear()
    await until(lambda: bool(mirror.checked))


async def test_two_schedulers_take_turns_and_nats_holds_each_event_once(council, broker):
    await broker.start()
    async with council.mirroring(broker.url, batch=10), council.mirroring(broker.url, batch=10):
        for _ in range(5):
            await council.happen(40)
        await council.all_acknowledged()
    assert positions(await broker.held()) == list(range(1, 201))


async def test_a_password_for_nats_is_in_no_log(council, broker, caplog):
    caplog.set_level("DEBUG")
    away = AWAY._value.get()
    await broker.start("--user", "duecare", "--pass", "open-sesame")
    await council.happen(1)
    address = f"127.0.0.1:{broker.port}"
    async with council.mirroring(f"nats://duecare:wrong-sesame@{address}"):
        await until(lambda: AWAY._value.get() > away)
    async with council.mirroring(f"nats://duecare:open-sesame@{address}") as mirror:
        await council.all_acknowledged()
    assert "sesame" not in caplog.text and "sesame" not in repr(mirror)


async def test_a_user_of_nats_is_known_by_a_credentials_file(council, broker, tmp_path):
    configuration, creds = accounts(tmp_path)
    await broker.start("--config", str(configuration))
    await council.happen(2)
    async with council.mirroring(broker.url, creds):
        await council.all_acknowledged()


async def test_without_an_address_of_nats_nothing_is_mirrored(council):
    async with mirroring(council.town.apps["scheduler"].state.door, Broker.of(council.town.settings)):
        await council.happen(1)
    assert await council.town.rows("SELECT 1 FROM mirror_cursor") == []
