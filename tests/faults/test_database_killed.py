"""R-05 and R-06: PostgreSQL loses a process to kill -9, and loses power. What was acknowledged is there afterwards, and
nobody is told an untruth meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from shared.clock import FixedClock, SystemClock
from shared.db.migrate import migrate
from shared.loops import waited_out
from shared.timescales.london import london_date
from tests.faults.chance import LONG, note
from tests.faults.conftest import council_in
from tests.faults.council import SLACK
from tests.faults.invariants import assert_honest, assert_invariants
from tests.faults.load import Load
from tests.faults.postgres import PrivateServer
from tests.scheduler.bureau import Bureau
from tests.scheduler.receiver import Receiver
from tests.town import Town

BACKENDS, POWER_CUTS, DARK = 20, 10, 20.0
APPLICATIONS = ("duecare_reviews", "duecare_scheduler")
CLOCK = SystemClock()


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateServer]:
    with PrivateServer(tmp_path_factory.mktemp("power")) as server:
        asyncio.run(migrate(server.url))
        yield server


@pytest.fixture
async def far_town(private: PrivateServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A council whose database is the one that is killed."""
    clock = FixedClock(CLOCK.now())
    async with Town.founded(private.url, "FAR", clock, tmp_path_factory) as town:
        yield town


async def test_a_record_that_was_acknowledged_survives_the_end_of_its_database(far_town, private):
    statuses: list[int] = []

    async def written(number: int) -> float:
        """A child in care, put until both are acknowledged; the seconds that it took."""
        began, started = time.monotonic(), london_date(CLOCK.now() - timedelta(days=60))
        for path, body in (
            (f"/v1/children/{number}", {}),
            (f"/v1/care_periods/{number}", {"child": str(number), "started_on": str(started)}),
        ):
            while (answer := await far_town.ask("reviews", "PUT", path, body, if_match="*")).is_error:
                statuses.append(answer.status_code)
                await asyncio.sleep(0.05)
        return time.monotonic() - began

    async with Receiver.listening() as receiver:
        bureau = Bureau(far_town)
        told = {(await bureau.subscribe(receiver))["id"]: receiver}
        await written(1)
        await private.kill_a_backend("duecare_reviews")
        note("database process killed")
        assert await written(2) < 5 * SLACK
        await waited_out("sweep", bureau.sweep)
        await asyncio.to_thread(private.stop_at_once)
        note("power cut")
        refused = await far_town.ask("reviews", "PUT", "/v1/children/3", {}, if_match="*")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        await asyncio.to_thread(private.start_again)
        assert await written(4) < 10 * SLACK
        for work in (bureau.sweep, bureau.relay):
            await waited_out(work.__name__, work)
        await bureau.deliver()
    assert_honest(statuses)
    rows = await far_town.rows("SELECT reference FROM care_period ORDER BY 1")
    assert [row.reference for row in rows] == ["1", "2", "4"]
    await assert_invariants(far_town, told, bureau.clock)


@pytest.mark.skipif(not LONG, reason="make faults")
async def test_a_loaded_database_that_is_killed_again_and_again_keeps_what_it_acknowledged(
    private, services, tmp_path_factory, chance
):
    async with (
        council_in(private.url, services, tmp_path_factory) as council,
        Receiver.listening() as receiver,
    ):
        told = {(await council.bureau.subscribe(receiver))["id"]: receiver}
        async with Load.on(council, DATABASE_URL=private.url) as load:
            await load.goes_on(20)
            for _ in range(BACKENDS):
                await private.kill_a_backend(chance.choice(APPLICATIONS))
                note("database process killed")
                await load.goes_on(5 * SLACK)
            for _ in range(POWER_CUTS):
                await asyncio.to_thread(private.stop_at_once)
                note("power cut")
                await asyncio.sleep(DARK)
                await asyncio.to_thread(private.start_again)
                await load.goes_on(10 * SLACK)
            assert load.reviews.lives() and load.scheduler.lives()
        await council.recovers(10, told)
        await load.check()
        note("answers of 503", load.statuses.count(503))
