"""Loops beside a service's requests: how they end, and that one council's trouble is its own."""

import asyncio

import pytest

from shared.loops import ENDED_WITHIN, Loops, for_all, waited_out


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


@pytest.mark.parametrize("broken", ["E1", "E2", "E3"])
async def test_what_goes_wrong_with_one_council_is_heard_of_when_the_others_have_had_theirs(broken):
    done = []

    async def work(authority):
        if authority == broken:
            raise TimeoutError(authority)
        done.append(authority)

    for _ in range(10):
        done.clear()
        with pytest.raises(TimeoutError, match=broken):
            await for_all(["E1", "E2", "E3"], work)
        assert len(done) == 2


async def test_where_it_goes_wrong_with_the_next_council_too_the_others_are_not_waited_for():
    tried = []

    async def work(authority):
        tried.append(authority)
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await for_all([f"E{n}" for n in range(150)], work)
    assert len(tried) == 2
