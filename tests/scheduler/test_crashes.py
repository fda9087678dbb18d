"""What kill -9 may cost: nothing. Each test starts real processes, and kills them where it hurts."""

import asyncio
import signal

import pytest

from services.scheduler.deliveries.lane import AT_ONCE, IN_HAND
from tests.scheduler.receiver import Receiver

PROMISES = 1000
PLACES = [
    "before_claim:3",
    "after_claim:2",
    "after_breach_insert:3",
    "after_commit:2",
    "after_relay:5",
    "after_send:300",
]


@pytest.mark.parametrize("place", PLACES)
async def test_a_scheduler_killed_midway_loses_no_breach_and_no_webhook(live, place):
    async with Receiver.listening() as receiver, live.scheduler() as process:
        told = await live.bureau.subscribe(receiver, "deadline.breached")
        await live.bureau.look_after(children=PROMISES)
        process.start(crash=place)
        assert await process.ended() == -signal.SIGKILL
        process.start()
        await live.drained()

        assert await live.count("SELECT count(*) FROM breach") == PROMISES
        breached = await live.town.rows("SELECT id FROM outbox_event WHERE type = 'deadline.breached'")
        assert len(breached) == PROMISES
        assert set(receiver.ids) == {str(row.id) for row in breached}
        assert len(receiver.ids) - PROMISES <= (AT_ONCE + IN_HAND if place.startswith("after_send") else 0)
        receiver.verify_all(told["secret"])
        assert await live.positions() == list(range(1, 2 * PROMISES + 1))


async def test_two_schedulers_at_once_record_each_breach_once(live):
    async with Receiver.listening() as receiver, live.scheduler() as one, live.scheduler() as other:
        await live.bureau.subscribe(receiver, "deadline.breached")
        one.start()
        other.start()
        await asyncio.gather(one.ready(), other.ready())
        await live.bureau.look_after(children=PROMISES)
        await live.drained()

        assert await live.count("SELECT count(*) FROM breach") == PROMISES
        assert await live.positions() == list(range(1, 2 * PROMISES + 1))
        assert len(receiver.ids) == len(set(receiver.ids)) == PROMISES
