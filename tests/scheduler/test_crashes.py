"""What kill -9 may cost: nothing. Each test starts real processes, and kills them where it hurts."""

import asyncio
import signal

import pytest

from services.scheduler.crashpoints import Crashpoint
from services.scheduler.deliveries.lane import AT_ONCE, IN_HAND
from tests.scheduler.receiver import Receiver

PROMISES = 1000  # swept in batches of 250, so that a crash can fall between two of them
TRIED_BY_THE_CALENDAR = {"after_move"}  # in tests/calendar
IN_THE_MIDDLE = ["after_breach_insert:3"]
EVERYWHERE = [
    "before_claim:3",
    "after_claim",
    "after_breach_insert",
    "after_commit",
    "after_relay",
    "after_delivery_claim",
    "after_send:100",
]


def test_every_place_at_which_the_scheduler_can_die_is_tried():
    tried = {place.partition(":")[0] for place in EVERYWHERE}
    assert tried | TRIED_BY_THE_CALENDAR == set(Crashpoint)


@pytest.mark.parametrize("places", [IN_THE_MIDDLE, EVERYWHERE], ids=["once", "at every place in turn"])
async def test_a_scheduler_killed_midway_loses_no_breach_and_no_webhook(live, places):
    async with Receiver.listening() as receiver, live.scheduler() as process:
        told = await live.bureau.subscribe(receiver, "deadline.breached")
        await live.bureau.look_after(children=PROMISES)
        for place in places:
            process.start(crash=place)
            assert await process.ended() == -signal.SIGKILL
        process.start()
        await live.drained()

        assert await live.count("SELECT count(*) FROM breach") == PROMISES
        breached = await live.town.rows("SELECT id FROM outbox_event WHERE type = 'deadline.breached'")
        assert len(breached) == PROMISES
        assert set(receiver.ids) == {str(row.id) for row in breached}
        assert await live.positions() == list(range(1, 2 * PROMISES + 1))
        receiver.verify_all(told["secret"])


async def test_what_arrives_twice_after_a_crash_is_the_same_to_the_byte(live):
    async with Receiver.listening() as receiver, live.scheduler() as process:
        await live.bureau.subscribe(receiver, "deadline.breached")
        await live.bureau.look_after(children=60)
        process.start(crash="after_send:20")
        assert await process.ended() == -signal.SIGKILL
        process.start()
        await live.drained()

        bodies = {hook.id: hook.body for hook in receiver.hooks}
        assert len(bodies) == 60
        assert all(hook.body == bodies[hook.id] for hook in receiver.hooks)
        assert 0 < len(receiver.hooks) - len(bodies) <= AT_ONCE + IN_HAND


async def test_two_schedulers_at_once_record_each_breach_once(live):
    patient = {"DUECARE_LEASE_SECONDS": "30"}
    async with (
        Receiver.listening() as receiver,
        live.scheduler(**patient) as one,
        live.scheduler(**patient) as other,
    ):
        await live.bureau.subscribe(receiver, "deadline.breached")
        one.start()
        other.start()
        await asyncio.gather(one.ready(), other.ready())
        await live.bureau.look_after(children=PROMISES)
        await live.drained()

        assert await live.count("SELECT count(*) FROM breach") == PROMISES
        assert await live.positions() == list(range(1, 2 * PROMISES + 1))
        assert len(receiver.ids) == len(set(receiver.ids)) == PROMISES
