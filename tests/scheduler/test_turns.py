"""Few read the feed at once."""

import asyncio

import pytest

from services.scheduler.feed.turns import READERS, Turns


async def test_whoever_waits_behind_a_reader_whom_the_database_did_not_answer_is_not_kept_waiting_too():
    turns, silent = Turns(), asyncio.Event()

    async def reads():
        async with turns.one(None):
            await silent.wait()
            raise TimeoutError

    tasks = [asyncio.create_task(reads()) for _ in range(3 * READERS)]
    await asyncio.sleep(0)
    silent.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(each) for each in answers} == {TimeoutError}
    assert turns.unanswered == READERS
    async with turns.one(None):
        pass


async def test_whoever_waits_behind_readers_who_are_answered_has_a_turn():
    turns, read = Turns(), []

    async def reads(number):
        async with turns.one():
            await asyncio.sleep(0)
            read.append(number)

    await asyncio.gather(*(reads(number) for number in range(3 * READERS)))
    assert read == list(range(3 * READERS))


async def test_a_turn_that_does_not_come_in_time_is_given_up_and_taken_from_nobody():
    turns = Turns(asyncio.Semaphore(1))
    async with turns.one():
        with pytest.raises(TimeoutError):
            async with turns.one(0.01):
                pass
    async with turns.one(0.01):
        pass
