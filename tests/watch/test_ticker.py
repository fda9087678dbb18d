"""The ticker goes by the machine's clock, and must survive what is done to that."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from services.scheduler.pace import Pace
from services.scheduler.watch.housekeeping import Housekeeping, Onwards
from shared.clock import SystemClock
from shared.loops import Loops

NOW = datetime(2036, 11, 20, 12, tzinfo=UTC)


def test_after_a_leap_of_ten_years_the_ticks_between_are_not_made_up_for():
    trigger = Onwards(seconds=15, timezone="UTC")
    assert trigger.get_next_fire_time(NOW - timedelta(days=3650), NOW) == NOW + timedelta(seconds=15)


async def test_a_ticker_that_sleeps_since_the_clock_was_set_back_is_roused(bureau):
    housekeeping = Housekeeping(bureau.engine, Pace(heartbeat_seconds=15), Loops(stop=lambda: None))
    housekeeping.start()
    try:
        housekeeping.job.modify(next_run_time=SystemClock().now() + timedelta(hours=1))
        housekeeping.rouse()
        assert housekeeping.job.next_run_time > SystemClock().now() + timedelta(minutes=50)
        housekeeping.ticked = time.monotonic() - 31
        housekeeping.rouse()
        assert housekeeping.job.next_run_time < SystemClock().now() + timedelta(seconds=16)
    finally:
        housekeeping.stop()


async def test_how_old_the_count_of_what_waits_is_can_be_seen_when_nobody_can_count(bureau):
    pace, loops = Pace(heartbeat_seconds=60), Loops(stop=lambda: None)
    housekeeping = Housekeeping(bureau.engine, pace, loops)
    housekeeping.counted_at -= 300
    assert housekeeping.age() >= 300
    await housekeeping.look()
    assert housekeeping.age() < 300
    silent = Housekeeping(create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:9/none"), pace, loops)
    silent.counted_at -= 300
    with pytest.raises(OSError):
        await silent.look()
    assert silent.age() >= 300
