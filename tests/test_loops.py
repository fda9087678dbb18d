"""Loops beside a service's requests: how they end."""

import asyncio

from shared.loops import ENDED_WITHIN, Loops, waited_out


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
