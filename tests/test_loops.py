"""Loops beside a service's requests: how they end, and that one council's trouble is its own."""

import asyncio

import pytest

from shared.clock import ClockSuspect
from shared.loops import ENDED_WITHIN, LEFT_OUT, OUTAGES, Loops, for_all, waited_out


async def test_work_that_is_cut_off_as_the_database_fails_does_not_begin_again():
    begun, at_work = [], asyncio.Event()

    async def fails_as_it_is_cut_off():  # so does a driver that is rolling back
        begun.append("work")
        at_work.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            if len(begun) == 1:
                raise TimeoutError from None
            raise

    task = asyncio.create_task(waited_out("test", fails_as_it_is_cut_off))
    await at_work.wait()
    task.cancel()
    await asyncio.wait({task}, timeout=2)
    assert (task.cancelled(), len(begun)) == (True, 1)


async def test_a_loop_that_cannot_end_yet_is_not_waited_for():
    at_work, answered = asyncio.Event(), asyncio.Event()

    async def holds_on():
        at_work.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await answered.wait()
            raise

    loops = Loops(stop=lambda: None)
    loops.start("test", holds_on)
    [task] = loops.tasks.values()
    await at_work.wait()
    await asyncio.wait_for(loops.close(), ENDED_WITHIN * 4)
    assert not task.done()
    answered.set()
    await asyncio.wait({task})
    assert not loops.failed


def failing(done, errors):
    async def work(authority):
        done.append(authority)
        if authority in errors:
            raise errors[authority]

    return work


@pytest.mark.parametrize("broken", ["E1", "E2", "E3"])
async def test_where_the_database_fails_for_one_council_the_others_have_theirs_and_it_is_told(broken, caplog):
    for _ in range(10):
        done = []
        well = await for_all("sweep", ["E1", "E2", "E3"], failing(done, {broken: TimeoutError()}))
        assert (well, sorted(done)) == (False, ["E1", "E2", "E3"])
    assert "sweep fails for some councils and goes on" in caplog.text
    assert await for_all("sweep", ["E1", "E2"], failing([], {}))


async def test_that_one_council_fails_is_counted_apart_from_a_database_that_is_waited_for():
    before = OUTAGES.labels("sweep")._value.get(), LEFT_OUT.labels("sweep")._value.get()
    await for_all("sweep", ["E1", "E2", "E3"], failing([], {"E1": TimeoutError()}))
    after = OUTAGES.labels("sweep")._value.get(), LEFT_OUT.labels("sweep")._value.get()
    assert (after[0] - before[0], after[1] - before[1]) == (0, 1)


async def test_a_fault_of_our_own_is_raised_when_the_others_have_had_theirs_whatever_else_fails():
    for _ in range(20):
        done, errors = [], {"E1": TimeoutError(), "E3": KeyError()}
        with pytest.raises(KeyError):
            await for_all("sweep", ["E1", "E2", "E3"], failing(done, errors))
        assert sorted(done) == ["E1", "E2", "E3"]


async def test_a_fault_of_our_own_is_raised_though_the_clock_is_doubted_meanwhile():
    raised = set()
    for _ in range(40):
        with pytest.raises((KeyError, ClockSuspect)) as caught:
            await for_all(
                "sweep", ["E1", "E2"], failing(done := [], {"E1": KeyError(), "E2": ClockSuspect()})
            )
        assert (done[0] == "E1") is (caught.type is KeyError)
        raised.add(caught.type)
    assert raised == {KeyError, ClockSuspect}


async def test_where_there_is_one_council_its_outage_is_raised():
    with pytest.raises(TimeoutError):
        await for_all("sweep", ["E1"], failing([], {"E1": TimeoutError()}))


async def test_where_the_database_fails_for_the_next_council_too_the_others_are_not_waited_for():
    councils, tried = [f"E{n}" for n in range(150)], []
    with pytest.raises(TimeoutError):
        await for_all("sweep", councils, failing(tried, dict.fromkeys(councils, TimeoutError())))
    assert len(tried) == 2
