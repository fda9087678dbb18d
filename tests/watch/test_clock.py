"""The scheduler's time is the database's, and there is none while the two clocks disagree."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.sending import Sender, make_client
from services.scheduler.feed.heads import Heads
from services.scheduler.pace import Pace
from services.scheduler.schedule import Schedule
from services.scheduler.subscriptions.addresses import Addresses
from services.scheduler.watch.agreed_clock import AgreedClock
from shared.auth.principal import Role
from shared.clock import Clock, ClockSuspect, FixedClock, SystemClock
from shared.loops import Loops, waited_out

REASON = "The time server was away; the database's clock is right by the speaking clock."


@dataclass
class Ahead:
    """The machine's clock, some time ahead of what it is."""

    by: timedelta = timedelta(0)

    def now(self):
        return SystemClock().now() + self.by


def agreed_clock(bureau, own: Clock, calm: float = 60) -> AgreedClock:
    return AgreedClock(bureau.engine, own, calm)


async def doubted(clock: AgreedClock) -> bool:
    """Whether its first reading, once taken, was doubted."""
    while clock.trust.last is None:  # noqa: ASYNC110  there is no bell for it
        await asyncio.sleep(0.01)
    return clock.trust.doubt is not None


async def confirm(bureau, **says):
    body = {"now": SystemClock().now().isoformat(), "reason": REASON} | says
    return await bureau.town.ask("scheduler", "POST", "/v1/clock/confirm", body, role=Role.OPERATOR)


async def test_the_time_is_the_databases_and_never_ahead_of_it(bureau):
    clock = agreed_clock(bureau, Ahead(timedelta(seconds=4)))
    with pytest.raises(ClockSuspect):
        clock.now()
    await clock.compare()
    told = clock.now()
    [[now]] = await bureau.town.rows("SELECT clock_timestamp()")
    assert timedelta(0) <= now - told < timedelta(seconds=3)


async def test_by_a_clock_that_is_far_off_nothing_can_be_noticed(bureau):
    clock = agreed_clock(bureau, FixedClock(SystemClock().now() + timedelta(days=3650)))
    with pytest.raises(ClockSuspect):
        await clock.compare()
    with pytest.raises(ClockSuspect):
        clock.now()


@pytest.mark.parametrize("loop", ["sweep_all", "relay_all", "deliver_all"])
async def test_in_doubt_nothing_is_noticed_nothing_gets_its_place_and_nothing_is_sent(bureau, loop):
    door = bureau.town.apps["scheduler"].state.door
    clock = agreed_clock(bureau, FixedClock(SystemClock().now() + timedelta(days=3650)))
    door = replace(door, clock=clock)
    async with make_client() as client:
        lanes = Lanes(door.engine, clock, Sender(client, Addresses(frozenset()), clock))
        loops = Loops(stop=lambda: None)
        schedule = Schedule(door, Pace(), Heads(), lanes, loops, agreed=clock)
        with pytest.raises(ClockSuspect):
            await getattr(schedule, loop)()


async def test_a_clock_that_is_set_between_two_readings_is_noticed_by_whoever_asks_first(bureau):
    own = Ahead()
    clock = agreed_clock(bureau, own)
    await clock.compare()
    own.by = timedelta(hours=1)
    with pytest.raises(ClockSuspect):
        clock.now()


async def test_a_loop_waits_until_the_clocks_have_agreed_for_a_while(bureau):
    own = Ahead(timedelta(hours=-1))
    clock = agreed_clock(bureau, own, calm=0.2)
    waiting = asyncio.create_task(waited_out("sweep", clock.compare))
    assert await doubted(clock) and not waiting.done()
    own.by = timedelta(0)
    await asyncio.wait_for(waiting, 20)
    assert clock.trust.doubt is None


async def test_a_loop_that_is_cut_off_between_two_turns_begins_anew_and_the_service_lives():
    stops, turns, again = [], [], asyncio.Event()
    loops = Loops(stop=lambda: stops.append("stop"))

    async def turn_for_ever():
        turns.append(1)
        if len(turns) == 1:
            raise ClockSuspect
        again.set()
        await asyncio.Event().wait()

    loops.start("sweep", turn_for_ever)
    await asyncio.wait_for(again.wait(), 5)
    await loops.close()
    assert (stops, loops.failed) == ([], False)


async def test_an_operator_who_has_looked_at_another_clock_ends_the_doubt(bureau):
    clock = agreed_clock(bureau, Ahead(timedelta(hours=1)))
    with pytest.raises(ClockSuspect):
        await clock.compare()
    answer = await confirm(bureau)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["reason"], answer.json()["confirmed_by"]) == (REASON, "somebody")
    await clock.compare()
    assert abs(clock.now() - SystemClock().now()) < timedelta(seconds=3)


async def test_a_confirmation_from_before_the_doubt_ends_nothing(bureau):
    await confirm(bureau)
    clock = agreed_clock(bureau, Ahead(timedelta(hours=1)))
    for _ in range(2):
        with pytest.raises(ClockSuspect):
            await clock.compare()


async def test_a_database_whose_clock_is_wrong_cannot_be_confirmed(bureau):
    later = SystemClock().now() + timedelta(minutes=2)
    answer = await confirm(bureau, now=later.isoformat())
    assert answer.status_code == 409 and "clock_is_wrong" in answer.text
    assert await bureau.town.rows("SELECT 1 FROM clock_confirmation") == []
