"""R-16 to R-19: receivers that lose their answers, fail for days, hang, drip, flood, or are gone. Each costs itself."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.retry import JITTER, SCHEDULE
from services.scheduler.deliveries.room import Most
from services.scheduler.deliveries.sending import WITHIN
from services.scheduler.deliveries.slots import NARROW
from tests.faults.awkward import Awkward, Manner
from tests.faults.chance import LONG, note, size
from tests.faults.council import SLACK
from tests.faults.invariants import assert_invariants
from tests.scheduler.live import until
from tests.scheduler.receiver import Receiver

CHILDREN = size(40, 1000)
SILENT = size(150, 300)
SILENT_AT_MOST = min(SILENT, Most().altogether - Most().answering)
DOWN = timedelta(days=2)  # of three the schedule, where the dice shorten it, sees no end
SLOW = [Manner.HANGS, Manner.DRIPS, Manner.ENDLESS_HEADERS]
LAST = "SELECT max(next_attempt_at) FROM delivery WHERE state = 'waiting'"
NEXT = "SELECT min(next_attempt_at) FROM delivery WHERE state = 'waiting'"
TRIED = "SELECT attempted_at, status FROM delivery_attempt WHERE subscription_id = :subscription ORDER BY 1"


async def until_delivered(bureau):
    """The hours pass until nothing waits."""
    for _ in range(40):
        await bureau.deliver()
        await bureau.relay()
        [[at]] = await bureau.town.rows(LAST, "duecare_scheduler")
        if at is None:
            return
        bureau.clock.set(max(at, bureau.now))
    raise AssertionError("something waits for ever")


async def test_an_answer_that_is_lost_brings_the_same_event_again_and_the_consumer_acts_once(bureau, chance):
    async with Awkward.listening() as receiver:
        receiver.manner = lambda: Manner.RESETS if chance.random() < 0.3 else None
        told = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after(children=CHILDREN)
        await bureau.tell()
        await until_delivered(bureau)

        assert len(receiver.hooks) > len(set(receiver.ids)) == CHILDREN
        note("answer lost by the receiver", len(receiver.hooks) - CHILDREN)
        acted = {hook.id: hook.event for hook in receiver.hooks}
        assert len({event["data"]["deadline_id"] for event in acted.values()}) == CHILDREN
        stamps = {hook.id: hook.headers["webhook-timestamp"] for hook in receiver.hooks}
        first = {hook.id: hook.headers["webhook-timestamp"] for hook in reversed(receiver.hooks)}
        assert all(stamps[each] > first[each] for each in acted if receiver.ids.count(each) > 1)
        await assert_invariants(bureau.town, {told["id"]: receiver}, bureau.clock)


async def test_a_receiver_that_fails_for_two_days_is_asked_by_the_schedule_and_nobody_else_waits(bureau):
    async with Receiver.listening(*["500 Oh No"] * 1000) as failing, Receiver.listening() as well:
        told = [await bureau.subscribe(each, "deadline.breached") for each in (failing, well)]
        began = bureau.now
        await bureau.look_after()
        await bureau.tell()
        while bureau.now < began + DOWN:
            await bureau.deliver()
            [[at]] = await bureau.town.rows(NEXT, "duecare_scheduler")
            bureau.clock.set(max(at, bureau.now))
        assert len(well.hooks) == 1
        await bureau.look_after()
        await bureau.tell()
        assert len(well.hooks) == 2
        failing.answers.clear()
        await until_delivered(bureau)

        rows = await bureau.town.rows(TRIED, "duecare_scheduler", subscription=told[0]["id"])
        first = [row.attempted_at for row in rows if row.attempted_at < began + DOWN]
        pauses = [(after - before).total_seconds() for before, after in pairwise(first)]
        assert len(pauses) >= 7
        for pause, planned in zip(pauses, SCHEDULE, strict=False):
            assert (1 - JITTER) * planned <= pause <= (1 + JITTER) * planned
        note("receiver that failed for days")
        received = {told[0]["id"]: failing, told[1]["id"]: well}
        await assert_invariants(bureau.town, received, bureau.clock)


@pytest.mark.parametrize("manner", SLOW)
async def test_a_receiver_that_never_comes_to_an_end_holds_up_nobody_but_itself(bureau, manner):
    async with Awkward.listening() as slow, Receiver.listening() as quick, bureau.sender() as sender:
        slow.manner = lambda: manner
        told = [await bureau.subscribe(each, "deadline.breached") for each in (slow, quick)]
        await bureau.look_after(children=30)
        await bureau.sweep()
        await bureau.relay()
        lanes = Lanes(bureau.engine, bureau.clock, sender)
        await lanes.look(bureau.town.authority)
        await until(lambda: arrived(quick, 30), 10)
        await until(lambda: arrived(slow, NARROW), 10)
        assert len(slow.hooks) == NARROW
        if LONG:
            await until(lambda: tried(bureau, told[0]["id"], NARROW), WITHIN + SLACK)
        note(manner)
        slow.manner = lambda: None
        await lanes.close(0.1)
        bureau.town.pass_time(minutes=1)
        await until_delivered(bureau)
        await assert_invariants(bureau.town, {told[0]["id"]: slow, told[1]["id"]: quick}, bureau.clock)


async def test_more_receivers_that_hang_than_there_are_lanes_and_places_do_not_delay_one_that_answers(bureau):
    async with Awkward.listening() as slow, Receiver.listening() as quick, bureau.sender() as sender:
        await bureau.subscribe(quick, "deadline.breached")
        lanes = Lanes(bureau.engine, bureau.clock, sender)

        async def tell() -> None:
            await bureau.look_after()
            await bureau.sweep()
            await bureau.relay()
            await lanes.look(bureau.town.authority)

        await tell()
        await lanes.drain()
        slow.manner = lambda: Manner.HANGS
        for _ in range(SILENT):
            await bureau.subscribe(slow, "deadline.breached")
        await tell()
        while len(slow.hooks) < SILENT_AT_MOST:
            await lanes.look(bureau.town.authority)
            await asyncio.sleep(0.05)
        await tell()
        while len(quick.hooks) < 3:
            await lanes.look(bureau.town.authority)
            await asyncio.sleep(0.05)
        assert await bureau.town.rows("SELECT 1 FROM delivery_attempt WHERE outcome = 'unreachable'") == []
        note("more receivers that hang than lanes")
        await lanes.close(0.1)


@pytest.mark.parametrize("manner", [Manner.ENDLESS_BODY, Manner.BOMB])
async def test_a_flood_for_an_answer_is_not_read_to_its_end(bureau, manner):
    async with Awkward.listening() as receiver:
        receiver.manner = lambda: manner
        await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        async with asyncio.timeout(10):
            await bureau.tell()
        [[outcome]] = await bureau.town.rows("SELECT outcome FROM delivery_attempt", "duecare_scheduler")
        assert outcome == "delivered"
        note(manner)


async def test_a_receiver_that_is_gone_and_one_that_never_recovers_leave_the_event_in_the_feed(bureau):
    async with (
        Receiver.listening("410 Gone") as gone,
        Receiver.listening(*["503 Busy"] * 99) as dead,
        Receiver.listening() as well,
    ):
        told = [await bureau.subscribe(each, "deadline.breached") for each in (gone, dead, well)]
        await bureau.look_after()
        await bureau.tell()
        await until_delivered(bureau)
        states = "SELECT state FROM delivery WHERE subscription_id = :id"
        found = [await bureau.town.rows(states, "duecare_scheduler", id=each["id"]) for each in told]
        assert [[row.state for row in rows] for rows in found] == [["ended"], ["dead"], ["delivered"]]
        assert "deadline.breached" in await bureau.told()
        note("410", len(gone.hooks))
        note("schedule exhausted")
        await assert_invariants(bureau.town, {told[2]["id"]: well}, bureau.clock)


async def arrived(receiver, number):
    return len(receiver.hooks) >= number


async def tried(bureau, subscription, number):
    rows = await bureau.town.rows(TRIED, "duecare_scheduler", subscription=subscription)
    return len(rows) >= number
