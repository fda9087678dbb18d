"""What keeps the database from working for one council is nobody else's concern."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.feed.heads import Heads
from services.scheduler.pace import Pace
from services.scheduler.schedule import AGAIN, Schedule
from shared.loops import Loops
from tests.scheduler.bureau import Bureau
from tests.town import Town


@pytest.fixture
async def two(real_database_url, clock, tmp_path_factory) -> AsyncIterator[tuple[Bureau, Bureau]]:
    async with (
        Town.founded(real_database_url, "One", clock, tmp_path_factory) as one,
        Town.founded(real_database_url, "Other", clock, tmp_path_factory) as other,
    ):
        yield Bureau(one), Bureau(other)


@asynccontextmanager
async def held_up(bureau: Bureau) -> AsyncIterator[None]:
    """Nothing can be recorded for this council meanwhile."""
    async with bureau.town.owner.begin() as connection:
        locking = text("SELECT FROM authority WHERE authority_id = :authority FOR UPDATE")
        await connection.execute(locking, {"authority": bureau.town.authority})
        yield


async def test_a_council_that_cannot_be_swept_is_looked_at_again_soon_and_the_other_has_its_breaches(two):
    one, other = two
    for each in two:
        await each.look_after()
    one.town.pass_time(days=60)
    async with one.sender() as sender:
        lanes = Lanes(one.engine, one.clock, sender)
        door = one.town.apps["scheduler"].state.door
        schedule = Schedule(door, Pace(sweep_seconds=60), Heads(), lanes, Loops(stop=lambda: None))
        async with held_up(one):
            again = await schedule.sweep_all()
        assert again is not None and again - one.now <= AGAIN <= timedelta(seconds=1)
        assert (len(await one.breaches()), len(await other.breaches())) == (0, 1)
        assert schedule.pulse.age("sweep") is None
        await schedule.sweep_all()
        assert (len(await one.breaches()), len(await other.breaches())) == (1, 1)
        assert schedule.pulse.age("sweep") is not None
