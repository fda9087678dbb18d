"""R-01 to R-03: what kill -9 may cost: nothing; and what many schedulers at once may do twice: nothing."""

import asyncio

import pytest

from services.scheduler.crashpoints import Crashpoint
from services.scheduler.deliveries.lane import AT_ONCE, IN_HAND
from tests.faults.chance import LONG, note, size
from tests.scheduler.live import until
from tests.scheduler.receiver import Receiver

PROMISES = size(350, 1000)  # swept in batches of 100, so that a crash can fall between two of them
KILLS, SECONDS = size((5, 0.4), (200, 2.0))
AT_THE_SAME_INSTANT = size(400, 10_000)
TRIED_BY_THE_CALENDAR = {"after_move"}  # in tests/calendar
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


@pytest.mark.parametrize("places", [[each] for each in EVERYWHERE] if LONG else [EVERYWHERE])
async def test_a_scheduler_killed_midway_loses_no_breach_and_no_webhook(council, places):
    async with Receiver.listening() as receiver:
        told = await council.bureau.subscribe(receiver, "deadline.breached")
        await council.bureau.look_after(children=PROMISES)
        for place in places:
            await council.dies(place)
        await council.start()
        await council.recovers(5, {told["id"]: receiver})

        assert await council.count("SELECT count(*) FROM breach") == PROMISES
        assert len(set(receiver.ids)) == PROMISES
        assert await council.positions() == list(range(1, 2 * PROMISES + 1))
        assert len(receiver.ids) - PROMISES <= (AT_ONCE + IN_HAND) * len(places)
        receiver.verify_all(told["secret"])


async def test_a_scheduler_killed_while_a_receiver_works_sends_the_same_again(council):
    """It dies after sending, and before the answer."""
    async with Receiver.listening(delay=0.2) as receiver:
        told = await council.bureau.subscribe(receiver, "deadline.breached")
        await council.bureau.look_after(children=20)
        dying = await council.start()
        await until(lambda: is_asked(receiver))
        dying.kill()
        note("killed before the answer")
        await council.start()
        await council.recovers(8, {told["id"]: receiver})
        assert len(receiver.ids) > len(set(receiver.ids)) == 20


async def test_two_schedulers_killed_again_and_again_lose_nothing_and_say_nothing_twice(council, chance):
    async with Receiver.listening() as one, Receiver.listening() as other:
        told = {(await council.bureau.subscribe(each))["id"]: each for each in (one, other)}
        running, born = [await council.start(), await council.start()], 0
        for _ in range(KILLS):
            born += (some := chance.randrange(1, 60))
            await council.bureau.look_after(children=some)
            await asyncio.sleep(SECONDS * chance.random())
            victim = running.pop(chance.randrange(2))
            died_by_itself = not victim.lives()
            victim.kill()
            note("killed by its own hand" if died_by_itself else "killed at any moment")
            place = chance.choice(["", *Crashpoint])
            running.append(await council.start(crash=place and f"{place}:{chance.randrange(1, 4)}"))
        for each in running:
            each.kill()
        await council.start()
        await council.recovers(10, told)
        assert await council.count("SELECT count(*) FROM breach") == born


async def test_three_schedulers_at_once_record_each_breach_once(council):
    async with Receiver.listening() as receiver:
        told = await council.bureau.subscribe(receiver, "deadline.breached")
        for _ in range(AT_THE_SAME_INSTANT // 200):
            await council.bureau.look_after(children=200)
        before = await council.count(DEADLOCKS)
        patient = {"DUECARE_LEASE_SECONDS": "30"}
        three = [await council.start(**patient) for _ in range(3)]
        await council.recovers(60, {told["id"]: receiver})

        assert await council.count("SELECT count(*) FROM breach") == AT_THE_SAME_INSTANT
        assert len(receiver.ids) == len(set(receiver.ids)) == AT_THE_SAME_INSTANT
        assert all(each.lives() for each in three)
        assert await council.count(DEADLOCKS) == before


async def is_asked(receiver):
    return receiver.under_way > 0


DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
