"""How many work side by side: sweeps as the pool says, and no receiver in trouble takes the place of another."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import create_async_engine

from services.scheduler.deliveries.claims import Claimed, Result
from services.scheduler.deliveries.lane import Lane
from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.room import Kind, Most
from services.scheduler.deliveries.sending import Sender, make_client
from services.scheduler.deliveries.slots import AT_ONCE, NARROW, SLOW, STUCK, Slots, Width
from services.scheduler.sweep import sweep
from shared.clock import Clock, ClockSuspect, FixedClock
from shared.db.base import new_id
from shared.db.engine import async_url
from tests.scheduler.bureau import Bureau
from tests.scheduler.live import until
from tests.scheduler.receiver import Receiver
from tests.scheduler.sending import HERE, NOON, claim_of


async def test_a_sweep_through_one_connection_waits_for_no_second_one(bureau: Bureau) -> None:
    for _ in range(4):
        await bureau.look_after()
    bureau.town.pass_time(days=60)
    engine = create_async_engine(
        async_url(bureau.town.database_url), pool_size=1, max_overflow=0, pool_timeout=0
    )
    try:
        assert await sweep(engine, bureau.town.authority, bureau.now, batch=1) >= 4
    finally:
        await engine.dispose()
    assert len(await bureau.breaches()) >= 4


def test_a_lane_grows_with_what_arrives_quickly_and_is_narrow_again_after_anything_else() -> None:
    width = Width()
    for _ in range(20):
        width.learn(arrived=True, milliseconds=5)
    assert (width.now, width.troubled) == (AT_ONCE, False)
    width.learn(arrived=True, milliseconds=SLOW + 1)
    assert (width.now, width.troubled) == (NARROW, True)
    width.learn(arrived=True, milliseconds=5)
    assert (width.now, width.troubled) == (NARROW + 1, False)
    width.learn(arrived=False, milliseconds=5)
    assert (width.now, width.troubled) == (NARROW, True)


async def test_a_receiver_that_fails_has_no_more_than_two_sends_under_way(bureau: Bureau) -> None:
    async with Receiver.listening(*["500 Oh No"] * 20, delay=0.02) as receiver:
        await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after(children=12)
        await bureau.tell()
        assert (len(receiver.hooks), receiver.most_at_once) == (12, NARROW)


async def test_where_lanes_are_few_each_subscription_has_its_turn_before_any_is_done(bureau: Bureau) -> None:
    async with Receiver.listening(delay=0.05) as one, Receiver.listening(delay=0.05) as other:
        await bureau.subscribe(one, "deadline.breached")
        await bureau.subscribe(other, "deadline.breached")
        await bureau.look_after(children=400)
        await bureau.sweep()
        await bureau.relay()
        async with bureau.sender() as sender:
            lanes = Lanes(bureau.engine, bureau.clock, sender, most=Most(answering=1), stint=1)
            while not (one.hooks and other.hooks):
                await lanes.look(bureau.town.authority)
                await asyncio.sleep(0.01)
            assert len(one.hooks) < 400 > len(other.hooks)
            await lanes.close()


class Hanging(Sender):
    """A receiver who is asked and does not answer."""

    async def send(self, claim: Claimed) -> Result:
        await asyncio.Event().wait()
        raise AssertionError


async def test_who_waits_for_a_place_is_not_taken_for_silent_and_who_is_asked_and_says_nothing_is() -> None:
    places, clock = Slots(steady=asyncio.Semaphore(1)), FixedClock(NOON)
    async with make_client() as client:
        lane = Lane(Any, clock, Hanging(client, HERE, clock), "E1", new_id(), slots=places)
        await places.steady.acquire()
        lane.under_way.add(asyncio.create_task(lane._send(claim_of("http://127.0.0.1:9/"))))
        await asyncio.sleep(0)
        lane.answered -= 2 * STUCK
        assert lane.kind is Kind.ANSWERING
        places.steady.release()
        await until(lambda: is_asking(lane))
        assert lane.kind is Kind.ANSWERING
        lane.answered -= 2 * STUCK
        assert lane.kind is Kind.SILENT
        for task in lane.under_way:
            task.cancel()
        await asyncio.gather(*lane.under_way, return_exceptions=True)
        assert lane.kind is Kind.ANSWERING


async def is_asking(lane: Lane) -> bool:
    return lane.asking == 1


class Doubted:
    """The clock of a council, which tells nothing while it is in doubt."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.doubt = clock, False

    def now(self) -> datetime:
        if self.doubt:
            raise ClockSuspect
        return self.clock.now()


async def test_what_is_under_way_when_the_clock_is_doubted_comes_to_its_end_and_is_not_sent_again(
    bureau: Bureau,
) -> None:
    clock = Doubted(bureau.clock)
    async with Receiver.listening(delay=0.2) as receiver, bureau.sender() as sender:
        subscription = UUID((await bureau.subscribe(receiver, "deadline.breached"))["id"])
        await bureau.look_after(children=5)
        await bureau.sweep()
        await bureau.relay()
        lane = Lane(bureau.engine, clock, sender, bureau.town.authority, subscription)
        sending = asyncio.create_task(lane.run())
        await until(lambda: is_busy(receiver))
        clock.doubt = True
        await asyncio.wait({sending}, timeout=0.5)
        clock.doubt = False
        await asyncio.wait_for(sending, 20)
        bureau.town.pass_time(minutes=1)
        await bureau.deliver()
    assert len(receiver.ids) == len(set(receiver.ids)) == 5


async def is_busy(receiver: Receiver) -> bool:
    return receiver.under_way == NARROW


async def test_what_is_in_hand_when_a_subscription_changes_goes_to_its_new_address_or_nowhere(
    bureau: Bureau,
) -> None:
    told = await bureau.subscribe("http://127.0.0.1:9/hooks", "deadline.breached")
    path = f"/v1/subscriptions/{told['id']}"
    await bureau.look_after(children=5)
    await bureau.sweep()
    await bureau.relay()
    async with bureau.sender() as sender:
        lane = Lane(bureau.engine, bureau.clock, sender, bureau.town.authority, UUID(told["id"]))
        lane.in_hand.extend(await lane.turn())
        assert {each.url for each in lane.in_hand} == {"http://127.0.0.1:9/hooks"}
        elsewhere = {"url": "http://127.0.0.1:9/elsewhere", "types": ["deadline.breached"]}
        changed = await bureau.town.ask("scheduler", "PUT", path, elsewhere, if_match="*")
        assert changed.status_code == 200, changed.text
        lane.in_hand.extend(await lane.turn())
        assert {each.url for each in lane.in_hand} == {"http://127.0.0.1:9/elsewhere"}
        assert (await bureau.town.ask("scheduler", "DELETE", path, if_match="*")).status_code == 204
        assert await lane.turn() == [] and not lane.in_hand


async def test_where_lanes_are_few_one_councils_receivers_do_not_keep_anothers_waiting(
    bureau: Bureau, next_door: Bureau
) -> None:
    async with Receiver.listening() as one, Receiver.listening() as other:
        await bureau.subscribe(one, "deadline.breached")
        await next_door.subscribe(other, "deadline.breached")
        for each in (bureau, next_door):
            await each.look_after()
            await each.sweep()
            await each.relay()
        async with bureau.sender() as sender:
            lanes = Lanes(bureau.engine, bureau.clock, sender, most=Most(answering=1))
            await lanes.look(bureau.town.authority)
            await lanes.drain()
            await bureau.look_after()
            await bureau.sweep()
            await bureau.relay()
            await lanes.look(bureau.town.authority, next_door.town.authority)
            assert [authority for authority, _ in lanes.open] == [next_door.town.authority]
            await lanes.drain()
        assert len(other.hooks) == 1
